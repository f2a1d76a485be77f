import type { Command } from '../command.js';
export const explain = undefined as unknown as Command;
