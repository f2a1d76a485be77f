import { listOf, nameOf, type SyntaxNode, textOf } from '../parse/syntax.js';
import { type Column, isKqlType, type KqlType } from '../types.js';
import { badArgument } from './context.js';

/** The columns of a `(name:type, …)` schema. */
export function schemaColumns(schema: SyntaxNode): Column[] {
  return listOf(schema.Columns).map(schemaColumn);
}

/** The column of one `name:type` declaration. */
export const schemaColumn = (declaration: SyntaxNode): Column => ({
  name: nameOf(declaration.Name),
  type: typeNamed(textOf(declaration.Type), declaration),
});

/** The type of that name or alias (`double`, `date`, …). */
export function typeNamed(text: string, node: SyntaxNode): KqlType {
  const name = TYPE_ALIASES[text.toLowerCase()] ?? text.toLowerCase();
  return isKqlType(name) ? name : badArgument(text, 'not a type', node);
}

const TYPE_ALIASES: Readonly<Record<string, string>> = {
  double: 'real',
  boolean: 'bool',
  date: 'datetime',
  time: 'timespan',
  uuid: 'guid',
  int64: 'long',
  int32: 'int',
};
