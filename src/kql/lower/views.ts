import { listOf, type SyntaxNode } from '../parse/syntax.js';
import type { Rel } from '../plan/nodes.js';
import type { Binding, Context } from './context.js';
import { lowerPipe } from './recurse.js';
import { lowerStatements } from './statements.js';

export interface View {
  readonly name: string;
  readonly rel: Rel;
}

/** Whether a name is bound to `let V = view () {…}`: it takes part in wildcards and searches as a table does. */
export const isView = (binding: Binding | undefined): boolean =>
  binding?.kind === 'function' &&
  Boolean(binding.declaration.ViewKeyword) &&
  listOf(binding.declaration.Parameters?.Parameters).length === 0;

/** The query's own views whose names pass the test, in the order they are declared. */
export function viewsIn(context: Context, test: (name: string) => boolean): View[] {
  const found = new Map<string, Binding>();
  for (let scope: Context['scope'] | undefined = context.scope; scope; scope = scope.outer) {
    for (const [name, binding] of scope.bindings) if (!found.has(name)) found.set(name, binding);
  }
  return [...found]
    .reverse()
    .flatMap(([name, binding]) =>
      binding.kind === 'function' && isView(binding) && test(name) ? [{ name, rel: bodyOf(binding, context) }] : [],
    );
}

function bodyOf(view: Binding & { kind: 'function' }, { session }: Context): Rel {
  const body: SyntaxNode = view.declaration.Body;
  return lowerPipe(body.Expression, lowerStatements(listOf(body.Statements), { session, scope: view.scope }));
}
