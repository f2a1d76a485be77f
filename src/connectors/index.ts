import type { Connector } from '../ingest/connector.js';
import { cef } from './cef/manifest.js';
import { zeek } from './zeek/manifest.js';

/** The connectors, surest formats first: when two are equally sure of a source, the first takes it. */
export const connectors: readonly Connector[] = [cef, zeek];
