export type { WrittenFile } from './log-file.js';
export { type DemoNetwork, type DemoOptions, generateDemoNetwork } from './network.js';
export type { Decoy, Planted } from './truth.js';
