import { createRequire } from 'node:module';
import { overwriteParsedColumns } from './overwritten-columns.js';

/**
 * Microsoft's parser (`@kusto/language-service-next`), loaded when first needed: it is transpiled C# that hangs itself
 * on `globalThis` (`Bridge`, `Kusto`) and takes about a second to load and make ready.
 */

/** A node or token of the official syntax tree. Its named children (`Condition`, `Left`, …) are those of the C# class of that kind. */
export interface SyntaxNode {
  readonly Kind: number;
  readonly IsToken: boolean;
  readonly IsMissing: boolean;
  readonly TextStart: number;
  readonly Width: number;
  readonly ChildCount: number;
  readonly Parent: SyntaxNode | null;
  GetChild(index: number): SyntaxNode | null;
  toString(include: number): string;
  // biome-ignore lint/suspicious/noExplicitAny: the tree's classes are generated C#; `syntax.ts` is the typed way in
  readonly [child: string]: any;
}

/** A symbol: column, table, function, variable, parameter or type. */
export interface OfficialSymbol {
  readonly Name: string;
  // biome-ignore lint/suspicious/noExplicitAny: generated C#
  readonly [member: string]: any;
}

// biome-ignore lint/suspicious/noExplicitAny: generated C#, typed where `syntax.ts` and `symbols.ts` use it
type Namespace = any;

let loaded: { Kusto: Namespace; Bridge: Namespace; kinds: ReadonlyMap<number, string> } | undefined;

/** The parser's namespaces and the names of its syntax kinds. */
export function official(): NonNullable<typeof loaded> {
  if (!loaded) {
    const require = createRequire(import.meta.url);
    require('@kusto/language-service-next/bridge.min.js');
    require('@kusto/language-service-next/Kusto.Language.Bridge.min.js');
    const globals = globalThis as unknown as { Kusto: { Language: Namespace }; Bridge: Namespace };
    const kinds = new Map<number, string>();
    for (const [name, value] of Object.entries(globals.Kusto.Language.Syntax.SyntaxKind)) {
      if (typeof value === 'number') kinds.set(value, name);
    }
    overwriteParsedColumns(globals.Kusto.Language);
    loaded = { Kusto: globals.Kusto.Language, Bridge: globals.Bridge, kinds };
    // its grammar is made with the first query
    loaded.Kusto.KustoCode.Parse('print 1');
  }
  return loaded;
}
