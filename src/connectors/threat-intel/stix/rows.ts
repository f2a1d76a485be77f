import type { Row } from '../../../ingest/connector.js';
import { COLUMNS, type ColumnKind, merge } from '../columns.js';
import type { Comparison, Pattern } from './pattern.js';

/** What an object path compares, by STIX's cyber-observable objects; hash names are matched apart. */
const PATHS: Readonly<Record<string, ColumnKind>> = {
  'ipv4-addr:value': 'ip',
  'ipv6-addr:value': 'ip',
  'domain-name:value': 'domain',
  'domain-name:resolves_to_refs[*].value': 'any',
  'url:value': 'url',
  'email-addr:value': 'email-src',
  'email-addr:display_name': 'email-name',
  'email-message:from_ref.value': 'email-src',
  'email-message:sender_ref.value': 'email-src',
  'email-message:to_refs[*].value': 'email-dst',
  'email-message:subject': 'email-subject',
  'file:name': 'filename',
  'file:size': 'filesize',
  'file:mime_type': 'filetype',
  'file:parent_directory_ref.path': 'filepath',
  'directory:path': 'filepath',
  'mutex:name': 'mutex',
  'autonomous-system:number': 'as',
  'network-traffic:src_ref.value': 'ip-src',
  'network-traffic:dst_ref.value': 'ip-dst',
  'network-traffic:src_port': 'port-src',
  'network-traffic:dst_port': 'port-dst',
  'network-traffic:protocols[*]': 'protocol',
  'network-traffic:extensions.http-request-ext.request_header.User-Agent': 'user-agent',
};

const HASH_PATH = /^(?:file|artifact):(?:.+\.)?hashes\.(.+)$/i;

/** The columns of one value of a comparison; `{}` when no column fits. */
function columnsOf(path: string, value: string): Row {
  const named = PATHS[path];
  if (named) {
    // An end of a connection may be named by its domain.
    const columns =
      /_ref\.value$/.test(path) && named.startsWith('ip') && !/^[\da-f.:]+(?:\/\d+)?$/i.test(value)
        ? COLUMNS.domain
        : COLUMNS[named];
    return columns(value);
  }
  const algorithm = HASH_PATH.exec(path)?.[1]
    ?.replaceAll(/[^a-z\d]/gi, '')
    .toLowerCase();
  if (algorithm === undefined) return {};
  if (algorithm === 'ssdeep' || algorithm === 'tlsh') return { FileHashType: algorithm, FileHashValue: value };
  return /^(?:md5|sha\d+)$/.test(algorithm) && Object.hasOwn(COLUMNS, algorithm)
    ? COLUMNS[algorithm as ColumnKind](value)
    : { FileHashType: algorithm, FileHashValue: value };
}

/** Combinations beyond this many are not multiplied out: each test then gives a row of its own. */
const MAX_ROWS = 1000;

/**
 * The rows of a pattern: one for each alternative of its ORs and INs. Tests that must hold together share a row where
 * their columns are free, and give further rows where not. A pattern that fits no column gives one row without any.
 */
export function patternRows(tree: Pattern): Row[] {
  const rows = alternatives(tree).flatMap(joined);
  const seen = new Set<string>();
  const distinct = rows.filter((row) => {
    const key = JSON.stringify(row);
    return Object.keys(row).length > 0 && !seen.has(key) && seen.add(key);
  });
  return distinct.length > 0 ? distinct : [{}];
}

function alternatives(tree: Pattern): Row[][] {
  if (tree.kind === 'comparison') return comparisonRows(tree).map((row) => [row]);
  if (tree.kind === 'or') return tree.items.flatMap(alternatives);
  let product: Row[][] = [[]];
  for (const choices of tree.items.map(alternatives)) {
    if (choices.length === 0) continue;
    if (product.length * choices.length > MAX_ROWS) return tree.items.flatMap(alternatives);
    product = product.flatMap((head) => choices.map((tail) => [...head, ...tail]));
  }
  return product;
}

/** Only equality names a value: a negation, an order, a wildcard or a regular expression does not. */
function comparisonRows({ path, operator, negated, values }: Comparison): Row[] {
  const exact =
    operator === '=' ||
    operator === 'IN' ||
    operator === 'ISSUBSET' ||
    (operator === 'LIKE' && !/[%_]/.test(values[0] ?? '%'));
  if (negated || !exact) return [{}];
  return values.map((value) => columnsOf(path, value));
}

function joined(parts: readonly Row[]): Row[] {
  const rows: Row[] = [{}];
  for (const part of parts) {
    const whole = merge([rows.at(-1)!, part]);
    if (whole) rows[rows.length - 1] = whole;
    else rows.push(part);
  }
  return rows;
}
