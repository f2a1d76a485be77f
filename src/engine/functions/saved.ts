import { mistakeIn } from '../../kql/saved-functions.js';
import type { Engine } from '../engine.js';
import { schemaOf } from '../schema.js';

/** A file of the workspace's `functions/`. */
export interface SavedFunction {
  readonly name: string;
  /** Its path in the workspace. */
  readonly file: string;
  /** `(a: long, T: (*))` */
  readonly parameters: string;
  readonly text: string;
  /** What is wrong with it, and where. */
  readonly mistake?: { readonly place: string; readonly reason: string };
}

/** The saved functions, checked. */
export function savedFunctions(engine: Engine): SavedFunction[] {
  const schema = schemaOf(engine.store, engine.functions(), engine.watchlists.list());
  return engine.functionFiles().map(({ file, saved, problem }) => {
    if (!saved) {
      const name = file.replace(/^.*\/|\.kql$/gi, '');
      return { name, file, parameters: '', text: '', mistake: { place: file, reason: problem } };
    }
    const mistake = mistakeIn(saved, schema);
    const { name, parameters, source } = saved;
    return { name, file, parameters, text: source?.text ?? '', ...(mistake ? { mistake } : {}) };
  });
}
