/** A list of reference data that queries read by `_GetWatchlist('alias')`. */
export interface Watchlist {
  readonly alias: string;
  readonly name: string;
  readonly description: string;
  /** The file it came from, or ''. */
  readonly source: string;
  /** The column whose value is the `SearchKey`. */
  readonly searchKey: string;
  readonly columns: readonly string[];
  readonly items: number;
  /** When it was first and last imported, as datetime texts. */
  readonly created: string;
  readonly updated: string;
}

export type WatchlistDefinition = Pick<Watchlist, 'alias' | 'name' | 'description' | 'source' | 'searchKey'>;

/** Rows of text cells, one for each column. */
export interface WatchlistItems {
  readonly columns: readonly string[];
  readonly rows: readonly (readonly string[])[];
}
