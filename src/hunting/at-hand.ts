import type { Config } from '../config/config.js';
import type { Hunt } from './hunt.js';
import { findHunt, type HuntLibrary, loadLibrary } from './library.js';
import { checkConfig, type KnobInputs, type Prepared, prepareHunt } from './prepare.js';

/** The hunts of a workspace with the settings that hold for them. */
export interface HuntsAtHand {
  /** In the order of their numbers; loaded and held against the settings when first asked for. @throws TrawlError `yaml-invalid`, `unknown-…` */
  list(): HuntLibrary;
  /** @throws TrawlError `unknown-hunt` */
  find(id: string | Hunt): Hunt;
  /** A hunt's KQL with its knobs set. @throws TrawlError `unknown-knob`, `bad-knob` */
  prepare(id: string | Hunt, knobs?: KnobInputs): Prepared;
}

/** @param workspace its directory; undefined in memory */
export function huntsAtHand(workspace: string | undefined, config: Config): HuntsAtHand {
  let library: HuntLibrary | undefined;
  const list = (): HuntLibrary => {
    if (library === undefined) {
      library = loadLibrary(workspace);
      checkConfig(config, library);
    }
    return library;
  };
  const find = (id: string | Hunt): Hunt => (typeof id === 'string' ? findHunt(list(), id) : id);
  return { list, find, prepare: (id, knobs) => prepareHunt(find(id), config, knobs) };
}
