import { NO_CONFIG } from '../dist/config/config.js';
import { explainQuery, runQuery } from '../dist/engine/query.js';
import { loadLibrary } from '../dist/hunting/library.js';
import { prepareHunt } from '../dist/hunting/prepare.js';
import { formatDatetime, parseIsoDatetime } from '../dist/util/ticks.js';
import { PRELUDE } from './sql.mjs';

/**
 * Runs each shipped hunt three ways over one store, `rounds` times by turns, and keeps the quickest of each. Each runs right after
 * a compilation of the KQL: what that leaves to the garbage collector and in the processor's caches costs up to 3 ms. KQL and
 * SQL by hand take turns in following the naive SQL, too.
 * @returns rows of { hunt, rows, kql, hand, naive (milliseconds, without KQL's compilation), compile, equal }
 */
export async function huntTimes(engine, rounds) {
  const connection = await engine.store.connect();
  await connection.run(PRELUDE);
  const asOfText = (await runQuery(engine, 'print 1', { asOf: 'latest' })).asOf;
  const asOf = parseIsoDatetime(asOfText);
  const results = [];
  for (const hunt of loadLibrary()) {
    const file = hunt.id;
    const { sql, testsAddresses } = await import(`./hunts/${file}.mjs`);
    const { kql } = prepareHunt(hunt, NO_CONFIG);
    const best = { kql: Infinity, hand: Infinity, naive: Infinity, compile: Infinity };
    const answers = {};
    const ways = {
      kql: async () => {
        const result = await runQuery(engine, kql, { asOf: asOfText });
        best.compile = Math.min(best.compile, result.statistics.compileMs);
        return { ms: result.statistics.executeMs, rows: fromKql(result.tables[0]) };
      },
      hand: () => bySql('keys'),
      naive: () => bySql('text'),
    };
    const bySql = async (how) => {
      const text = sql({ store: engine.store, asOf, how, kql });
      await explainQuery(engine, kql, { asOf: asOfText });
      const started = performance.now();
      const reader = await connection.runAndReadAll(text);
      const rows = reader.getRowObjectsJson();
      return { ms: performance.now() - started, rows };
    };
    for (let round = 0; round < rounds; round++) {
      for (const way of round % 2 === 0 ? ['kql', 'hand', 'naive'] : ['hand', 'kql', 'naive']) {
        const { ms, rows } = await ways[way]();
        best[way] = Math.min(best[way], ms);
        answers[way] = rows;
      }
    }
    const columns = Object.keys(answers.kql[0] ?? {});
    const [one, two, three] = [answers.kql, answers.hand, answers.naive].map((rows) => comparable(rows, columns));
    results.push({
      hunt: file,
      rows: one.length,
      ...best,
      testsAddresses,
      equal: one.join('\n') === two.join('\n') && two.join('\n') === three.join('\n'),
      answers: [one, two, three],
    });
  }
  connection.closeSync();
  return { asOf: formatDatetime(asOf), results };
}

const fromKql = ({ columns, rows }) =>
  rows.map((row) =>
    Object.fromEntries(
      columns.map(({ name, type }, at) => [
        name,
        type === 'datetime' && row[at] ? String(parseIsoDatetime(row[at])) : row[at],
      ]),
    ),
  );

/** Sets that a hunt cuts at a number of members: which ones stay is not defined, how many is. */
const CUT = new Map([
  ['Ports', 5],
  ['RemotePorts', 5],
  ['Hosts', 5],
  ['Processes', 5],
  ['CommandLines', 3],
  ['InternalIPs', 20],
  ['Indicators', 10],
  ['QueryTypes', 5],
]);

/** Rows as sorted texts in which order within sets, number types and null against empty make no difference. */
function comparable(rows, columns) {
  const cell = (name, value) => {
    if (CUT.has(name) || Array.isArray(value)) {
      const members = (Array.isArray(value) ? value : []).map(String).sort();
      return members.length >= (CUT.get(name) ?? Infinity) ? `${CUT.get(name)} or more` : members.join('|');
    }
    if (name === 'Reason' || name === 'ThreatDescription') return String(value).split('; ').sort().join('; ');
    return typeof value === 'number' && !Number.isInteger(value) ? value.toFixed(2) : String(value ?? '');
  };
  return rows.map((row) => columns.map((name) => cell(name, row[name])).join('\t')).sort();
}
