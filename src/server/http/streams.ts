/**
 * The table that a stream of a data collection rule goes to: `Microsoft-CommonSecurityLog` to the table of that name,
 * `Custom-Flows` and `Custom-Flows_CL` to `Flows_CL`, as Azure Monitor names its custom tables.
 */
export function tableOfStream(stream: string): string {
  const standard = /^Microsoft-(?:Table-)?(.+)$/.exec(stream)?.[1];
  if (standard !== undefined) return standard;
  const custom = /^Custom-(?:Table-)?(.+)$/.exec(stream)?.[1] ?? stream;
  return custom.endsWith('_CL') ? custom : `${custom}_CL`;
}
