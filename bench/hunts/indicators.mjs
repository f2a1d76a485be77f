import { DAY, tableSql } from '../sql.mjs';

/** Indicators in force, with the text that names the threat. */
export function activeIndicators(store, asOf) {
  const t = tableSql(store, 'ThreatIntelligenceIndicator');
  const first = (...names) => {
    const held = names.map((name) => t.column(name)).filter((column) => column !== "''");
    return held.length === 1
      ? held[0]
      : `coalesce(${[...held.map((column) => `nullif(${column}, '')`), "''"].join(', ')})`;
  };
  return {
    first,
    url: t.column('Url'),
    from: `${t.from} WHERE "TimeGenerated" > ${asOf - 365n * DAY} AND ${t.column('Active', 'NULL::BOOLEAN')} IS DISTINCT FROM false
      AND (${t.column('ExpirationDateTime', 'NULL::BIGINT')} IS NULL OR ${t.column('ExpirationDateTime', 'NULL::BIGINT')} > ${asOf})`,
    threat: first('Description', 'ThreatType', 'Tags', 'IndicatorId'),
  };
}
