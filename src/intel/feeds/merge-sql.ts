import type { TableState } from '../../engine/store/catalogue.js';
import { quoteName, quoteText } from '../../kql/sql/duckdb/literal.js';
import { type Staging, stagedName } from './staging.js';

/** A feed's columns in SQL. */
export interface FeedColumns {
  /** Columns of the table that exist, quoted. */
  readonly targets: readonly string[];
  /** What gives each of them its value in a staged row. */
  readonly sources: readonly string[];
  /** A stored row's indicator: rows of one come and go together. */
  readonly entity: string;
  /** A hash of what a stored row says, but for its times. */
  readonly signature: string;
  /** The place of a logical column in the table, quoted. */
  place(name: string): string;
}

const TIMES = new Set(['TimeGenerated', 'ExpirationDateTime']);

/** The columns of a table that has all that was staged. */
export function columnsOf(table: TableState, { columns, ipv4, ipv6 }: Staging): FeedColumns {
  const targets: string[] = [];
  const sources: string[] = [];
  const said: string[] = [];
  for (const { name, type, physical, ipv4: v4, ipv6: v6, literal } of table.columns.values()) {
    if (physical === undefined) continue;
    targets.push(quoteName(physical));
    if (columns.has(name)) sources.push(stagedName(name));
    else sources.push(type === 'string' ? quoteText(literal ?? '') : 'NULL');
    if (!TIMES.has(name)) said.push(quoteName(physical));
    if (v4 !== undefined) {
      targets.push(quoteName(v4));
      sources.push(ipv4.has(name) ? stagedName(name, 'ipv4') : 'NULL');
    }
    if (v6 !== undefined) {
      targets.push(quoteName(v6));
      sources.push(ipv6.has(name) ? stagedName(name, 'ipv6') : 'NULL');
    }
  }
  const place = (name: string): string => quoteName(table.columns.get(name)!.physical!);
  return {
    targets,
    sources,
    entity: `coalesce(nullif(${place('ExternalIndicatorId')}, ''), ${place('IndicatorId')})`,
    // null and absent are the same; a separator of its own keeps columns apart
    signature: `md5_number(concat_ws(chr(31), ${said.map((column) => `coalesce(CAST(${column} AS VARCHAR), '')`).join(', ')}))`,
    place,
  };
}

export interface StagedRowsHow {
  readonly name: string;
  readonly now: bigint;
  readonly modified: bigint;
  readonly confidence?: number;
  readonly validity: bigint;
}

/**
 * SQL that makes of `feed_rows` the view `feed_shown`, rows as they are to stand in the table, and of that the table `feed_new`:
 * which of them count, each once, of STIX and MISP the latest version alone.
 */
export function stagedRows({ targets, sources, entity, signature, place }: FeedColumns, how: StagedRowsHow): string[] {
  const { name, now, modified, confidence, validity } = how;
  const given: Readonly<Record<string, string>> = {
    [place('SourceSystem')]: quoteText(name),
    [place('Active')]: `(coalesce("Active", true) AND coalesce("ExpirationDateTime" > ${now}, true))`,
    [place('ConfidenceScore')]:
      confidence === undefined ? '"ConfidenceScore"' : `coalesce("ConfidenceScore", ${confidence})`,
  };
  const select = targets.map((target, at) => `${given[target] ?? sources[at]} AS ${target}`).join(', ');
  const [generated, expires] = [place('TimeGenerated'), place('ExpirationDateTime')];
  return [
    `CREATE TEMP VIEW feed_shown AS SELECT ${select}, "SourceSystem" IN ('STIX', 'MISP') AS versioned, rowid AS nid FROM feed_rows`,
    `CREATE TEMP TABLE feed_new AS
      SELECT * FROM (
        SELECT * FROM (
          SELECT nid, versioned, ${entity} AS entity, ${signature} AS signature, ${generated} AS generated, ${expires} AS expires,
            ${generated} IS NOT DISTINCT FROM ${modified} AS undated,
            ${validity > 0n} AND coalesce(${expires} - ${generated} = ${validity}, false) AS lasting
          FROM feed_shown
        )
        QUALIFY row_number() OVER (PARTITION BY entity, signature ORDER BY generated DESC, nid DESC) = 1
      )
      QUALIFY NOT versioned OR generated IS NOT DISTINCT FROM max(generated) OVER (PARTITION BY entity)`,
  ];
}
