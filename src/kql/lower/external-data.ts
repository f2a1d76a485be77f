import { kindOf, listOf, nameOf, type SyntaxNode } from '../parse/syntax.js';
import { call, column, project } from '../plan/build.js';
import { EXTERNAL_FORMATS, type External, type ExternalFormat, type Literal, type Rel } from '../plan/nodes.js';
import { coerce } from './coerce.js';
import { badArgument, type Context, unsupported } from './context.js';
import { lowerExpr } from './recurse.js';
import { schemaColumns } from './schema-clause.js';

/** Formats by what a file's name ends with; any other is taken for csv, as Kusto takes it. */
const BY_EXTENSION: Readonly<Record<string, ExternalFormat>> = {
  tsv: 'tsv',
  psv: 'psv',
  txt: 'txt',
  json: 'json',
  raw: 'raw',
};

/** `externaldata (schema) [places] with (format = …, ignoreFirstRecord = …)`: records of files that the caller lets it read. */
export function lowerExternalData(node: SyntaxNode, context: Context): Rel {
  const constant = (of: SyntaxNode): Literal['value'] => {
    const expr = lowerExpr(of, { session: context.session, scope: context.scope });
    return expr.kind === 'literal' ? expr.value : badArgument('externaldata', 'it takes constants', of);
  };
  const places = listOf(node.URIs).map((of) => {
    const place = String(constant(of));
    if (context.session.allowsExternal(place)) return place;
    return unsupported(
      `externaldata of ${place}`,
      of,
      'a query reads no files and no network unless it is told where its data lie; ingest them, or say so (--external)',
    );
  });
  const columns = schemaColumns(node.Schema);
  const { format, skipFirst } = propertiesOf(node, constant, places[0] ?? '');
  const external: External = {
    kind: 'external',
    id: `external${context.session.next()}`,
    source: { places, format, skipFirst, columns: columns.map((of) => of.name) },
    columns: columns.map(({ name }) => ({ name, type: 'string' })),
  };
  return project(
    external,
    columns.map(({ name, type }) => {
      const text = column({ name, type: 'string' });
      // a cell of a dynamic column holds JSON, or is a text itself
      return { name, expr: type === 'dynamic' ? call('parse_json', 'dynamic', text) : coerce(text, type) };
    }),
  );
}

function propertiesOf(
  node: SyntaxNode,
  constant: (of: SyntaxNode) => Literal['value'],
  place: string,
): { readonly format: ExternalFormat; readonly skipFirst: boolean } {
  const extension = /\.([a-z]+)(?:\.gz)?(?:[?;].*)?$/i.exec(place)?.[1]?.toLowerCase() ?? '';
  let format: ExternalFormat = BY_EXTENSION[extension] ?? 'csv';
  let skipFirst = false;
  for (const property of listOf(node.WithClause?.Properties)) {
    const name = nameOf(property.Name).toLowerCase();
    const given: SyntaxNode = property.Expression;
    // a format may stand without quotes
    const value = kindOf(given) === 'NameDeclaration' ? nameOf(given) : constant(given);
    if (name === 'ignorefirstrecord') skipFirst = value === true || /^true$/i.test(String(value));
    else if (name === 'format') {
      const wanted = EXTERNAL_FORMATS.find((of) => of === String(value).toLowerCase());
      format =
        wanted ??
        unsupported(`externaldata of the format ${value}`, property, `it reads ${EXTERNAL_FORMATS.join(', ')}`);
    } else return unsupported(`the property ${nameOf(property.Name)} of externaldata`, property);
  }
  return { format, skipFirst };
}
