// Ingests a folder: node ingest-child.mjs <dist> <workspace> <folder>; made to be killed.
import { join } from 'node:path';

const [dist, workspace, folder] = process.argv.slice(2);
const { openStore } = await import(join(dist, 'engine/store/open.js'));
const { ingest } = await import(join(dist, 'ingest/ingest.js'));
const { connectors } = await import(join(dist, 'connectors/index.js'));
const store = await openStore({ path: workspace });
// small batches: many commits, so that many moments to die at
await ingest(store, connectors, folder, { rowsACommit: 1 });
await store.close();
