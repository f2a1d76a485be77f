import { TrawlError } from '../util/errors.js';
import type { Connector, ConnectorSetting } from './connector.js';

type Value = string | number | boolean;

/**
 * A connector's settings: its defaults, overlaid with what the user gave as `connector.setting`.
 * Call `checkSettings` first: names and types are taken as right here.
 */
export function settingsOf(
  connector: Connector,
  given: Readonly<Record<string, Value>>,
  table: string,
): Readonly<Record<string, Value>> {
  const settings: Record<string, Value> = {};
  for (const [name, { default: fallback }] of Object.entries(connector.settings ?? {})) {
    const value = given[`${connector.name}.${name}`];
    settings[name] = value === undefined ? fallback : convert(value, fallback)!;
  }
  if (table !== '') settings.table = table;
  return settings;
}

/** @throws TrawlError `setting-unknown`, `setting-type` */
export function checkSettings(connectors: readonly Connector[], given: Readonly<Record<string, Value>>): void {
  const known = new Map<string, ConnectorSetting>(
    connectors.flatMap(({ name, settings }) =>
      Object.entries(settings ?? {}).map(([setting, row]) => [`${name}.${setting}`, row] as const),
    ),
  );
  for (const [name, value] of Object.entries(given)) {
    const setting = known.get(name);
    if (!setting)
      throw new TrawlError(
        'setting-unknown',
        `There is no connector setting ${name}. Known: ${[...known.keys()].join(', ') || 'none'}.`,
      );
    if (convert(value, setting.default) === undefined)
      throw new TrawlError(
        'setting-type',
        `The connector setting ${name} takes a ${typeof setting.default}, not ${JSON.stringify(value)}.`,
      );
  }
}

function convert(value: Value, like: Value): Value | undefined {
  if (typeof value === typeof like) return value;
  if (typeof like === 'string') return String(value);
  if (typeof like === 'number')
    return typeof value === 'string' && value.trim() !== '' && Number.isFinite(Number(value))
      ? Number(value)
      : undefined;
  return value === 'true' ? true : value === 'false' ? false : undefined;
}
