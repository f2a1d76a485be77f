import type { Command } from '../command.js';
export const hunt = undefined as unknown as Command;
