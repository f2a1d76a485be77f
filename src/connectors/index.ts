import type { Connector } from '../ingest/connector.js';
import { azureFirewall } from './azure-firewall/manifest.js';
import { cef } from './cef/manifest.js';
import { checkpoint } from './checkpoint/manifest.js';
import { ciscoAsa } from './cisco-asa/manifest.js';
import { defender } from './defender/manifest.js';
import { fortinet } from './fortinet/manifest.js';
import { nsgFlow } from './nsg-flow/manifest.js';
import { paloalto } from './paloalto/manifest.js';
import { suricata } from './suricata/manifest.js';
import { syslog } from './syslog/manifest.js';
import { sysmon } from './sysmon/manifest.js';
import { table } from './table/manifest.js';
import { threatIntel } from './threat-intel/manifest.js';
import { trafficAnalytics } from './traffic-analytics/manifest.js';
import { vpcflow } from './vpcflow/manifest.js';
import { windowsDns } from './windows-dns/manifest.js';
import { zeek } from './zeek/manifest.js';

/** The connectors, surest formats first: when two are equally sure of a source, the first takes it. */
export const connectors: readonly Connector[] = [
  cef,
  paloalto,
  fortinet,
  ciscoAsa,
  checkpoint,
  windowsDns,
  zeek,
  suricata,
  vpcflow,
  nsgFlow,
  trafficAnalytics,
  azureFirewall,
  sysmon,
  defender,
  threatIntel,
  table,
  syslog,
];
