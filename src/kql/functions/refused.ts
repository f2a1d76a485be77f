/** A function of Kusto that is refused by name, and what to do instead. */
export interface Refused {
  readonly code?: 'needs-cloud';
  readonly instead: string;
}

const NO_CURSOR: Refused = {
  instead: 'tables have no database cursor here; filter on TimeGenerated or ingestion_time()',
};
const NO_SERVICE: Refused = { code: 'needs-cloud', instead: 'the query runs on this machine, not on a cluster' };
const PRIVATE: Refused = { instead: 'it is a private helper of Kusto that no page documents' };

/** Scalar functions that only mean something inside Azure, or whose meaning is not published. */
export const REFUSED: Readonly<Record<string, Refused>> = {
  current_node_id: NO_SERVICE,
  cursor_after: NO_CURSOR,
  cursor_before_or_at: NO_CURSOR,
  cursor_current: NO_CURSOR,
  current_cursor: NO_CURSOR,
  row_id: { instead: 'serialize the rows and number them with row_number()' },
  rowstore_ordinal_range: NO_SERVICE,
  hll_isvalid: PRIVATE,
  tdigest_isvalid: PRIVATE,
  passthrough: PRIVATE,
  cluster: { instead: 'queries read the open workspace only' },
  entity_group: { instead: 'queries read the open workspace only' },
  external_table: { instead: 'ingest the data first' },
  materialized_view: { instead: 'save the query as a function of the workspace' },
  stored_query_result: { instead: 'results are not stored; use materialize()' },
  __hash_crc32: PRIVATE,
  __hash_djb2: PRIVATE,
  __hash_many_crc32: PRIVATE,
  __hash_xxh64: { instead: 'use hash()' },
  __hll_normalize: PRIVATE,
  __invoke: PRIVATE,
  __ipv6_lookup_ranges: { instead: 'use the plugin ipv6_lookup' },
  __lz4_compress_dynamic_array_to_base64_string: PRIVATE,
  __geo_length_to_s2cell_level: PRIVATE,
  __geo_line_s2cell_covering_level: PRIVATE,
  __geo_line_validate: PRIVATE,
  __geo_polygon_s2cell_covering_level: PRIVATE,
  __geo_polygon_validate: PRIVATE,
};
