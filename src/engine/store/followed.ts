import type { DuckDBConnection } from '@duckdb/node-api';

/** Which file on disk an entry of `trawl.files` is read from as it grows. */
export interface FollowedFile {
  readonly fileId: number;
  /** Device and inode, `2049:131`: the file whatever it is called. */
  readonly key: string;
  /** The entry's size as of then; another one means that somebody else has read on. */
  readonly position: number;
  /** Lines before the position. */
  readonly lines: number;
}

/** All, by key. */
export async function readFollowed(connection: DuckDBConnection): Promise<Map<string, FollowedFile>> {
  const result = await connection.runAndReadAll('SELECT file_id, disk_key, position, lines FROM trawl.followed');
  return new Map(
    result
      .getRows()
      .map(([fileId, key, position, lines]) => [
        String(key),
        { fileId: Number(fileId), key: String(key), position: Number(position), lines: Number(lines) },
      ]),
  );
}

/** Notes it in the transaction that holds the rows. */
export async function saveFollowed(
  connection: DuckDBConnection,
  { fileId, key, position, lines }: FollowedFile,
): Promise<void> {
  await connection.run('DELETE FROM trawl.followed WHERE file_id = $1::BIGINT OR disk_key = $2', [String(fileId), key]);
  await connection.run('INSERT INTO trawl.followed VALUES ($1::BIGINT, $2, $3::BIGINT, $4::BIGINT)', [
    String(fileId),
    key,
    String(position),
    String(lines),
  ]);
}
