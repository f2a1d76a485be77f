import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { StoredFunction } from '../../kql/lower/context.js';
import { functionParts } from '../../kql/parse/function-file.js';

/** The folder of a workspace whose `.kql` files are functions. */
export const FUNCTIONS_FOLDER = 'functions';

/** A file of the folder: a function, or why it is none. */
export type FunctionFile =
  | { readonly file: string; readonly saved: StoredFunction; readonly problem?: undefined }
  | { readonly file: string; readonly saved?: undefined; readonly problem: string };

/** The functions saved in a workspace: its folder is looked at anew each time, files are read again when they changed. */
export function functionsOf(workspace: string | undefined): () => readonly FunctionFile[] {
  if (workspace === undefined) return () => [];
  const folder = join(workspace, FUNCTIONS_FOLDER);
  const read = new Map<string, { readonly stamp: string; readonly file: FunctionFile }>();
  return () =>
    filesOf(folder).flatMap((name) => {
      const path = join(folder, name);
      const stamp = stampOf(path);
      if (stamp === undefined) return [];
      const known = read.get(name);
      const file = known?.stamp === stamp ? known.file : readFunction(path, name);
      read.set(name, { stamp, file });
      return [file];
    });
}

function filesOf(folder: string): string[] {
  try {
    return readdirSync(folder)
      .filter((name) => /\.kql$/i.test(name))
      .sort();
  } catch {
    return [];
  }
}

function stampOf(path: string): string | undefined {
  try {
    const { mtimeMs, size } = statSync(path);
    return `${mtimeMs} ${size}`;
  } catch {
    return undefined;
  }
}

function readFunction(path: string, name: string): FunctionFile {
  const file = `${FUNCTIONS_FOLDER}/${name}`;
  const stem = name.replace(/\.kql$/i, '');
  if (!/^[A-Za-z_]\w*$/.test(stem))
    return { file, problem: `${stem} is no name of a function: letters, digits and _, no digit at its beginning` };
  let text: string;
  try {
    text = readFileSync(path, 'utf8').replace(/^\uFEFF/, '');
  } catch (error) {
    return { file, problem: `it cannot be read: ${(error as NodeJS.ErrnoException).code ?? String(error)}` };
  }
  if (text.trim() === '') return { file, problem: 'it is empty' };
  const { declaredName, parameters, body, bodyStart } = functionParts(text);
  if (declaredName !== undefined && declaredName !== stem)
    return { file, problem: `it declares ${declaredName}; a function's file has the function's name` };
  return { file, saved: { name: stem, parameters, body, source: { file, text, bodyStart } } };
}
