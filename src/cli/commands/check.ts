import type { Command } from '../command.js';
export const check = undefined as unknown as Command;
