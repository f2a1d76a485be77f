/** A hunt: a query with what it looks for. Shipped ones and a workspace's own are Sentinel's hunting-query YAML. */
export interface Hunt {
  /** Short name users type: the file's name without its ending. */
  readonly id: string;
  /** Sentinel's GUID; '' for a bare `.kql` file. */
  readonly guid: string;
  readonly name: string;
  readonly description: string;
  readonly tactics: readonly string[];
  readonly techniques: readonly string[];
  /** Tables the hunt says it needs. */
  readonly dataTypes: readonly string[];
  readonly entityMappings: readonly EntityMapping[];
  readonly version: string;
  readonly query: string;
  /** The file it stands in. */
  readonly file: string;
  /** Where the query's lines stand in that file, for messages. */
  readonly queryPlace: QueryPlace;
}

/** The file's line (from 1) that the query's first line stands on, and the columns each line is indented by. */
export interface QueryPlace {
  readonly line: number;
  readonly indent: number;
}

/** Which columns of a finding name an entity: `IP` by `Address` in `SourceIP`. */
export interface EntityMapping {
  readonly entityType: string;
  readonly fieldMappings: readonly { readonly identifier: string; readonly columnName: string }[];
}

/** What lists and results show of a hunt: not its query, nor what only loading and running it need. */
const INFO = [
  'id',
  'guid',
  'name',
  'description',
  'tactics',
  'techniques',
  'entityMappings',
  'version',
  'file',
] as const;

export type HuntInfo = Pick<Hunt, (typeof INFO)[number]>;

export const huntInfo = (hunt: Hunt): HuntInfo =>
  Object.fromEntries(INFO.map((key) => [key, hunt[key]])) as unknown as HuntInfo;
