import type { FeedConfig } from '../../config/feeds.js';
import { loadFile } from './file.js';
import { loadList } from './list.js';
import type { Loaded, Loading } from './loading.js';
import { loadMisp } from './misp.js';
import { loadTaxii } from './taxii.js';

/** How each kind of feed is read. */
export const LOADERS: { readonly [K in FeedConfig['kind']]: (loading: Loading<K>) => Promise<Loaded> } = {
  taxii: loadTaxii,
  misp: loadMisp,
  url: loadList,
  file: loadFile,
};
