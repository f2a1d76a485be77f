import { scalars } from './registry.js';

export const IP = scalars([]);
