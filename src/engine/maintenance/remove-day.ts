import { unrecordFiles } from '../store/archive/archive-file.js';
import { inTransaction, type WritableStore } from '../store/open.js';
import { ofDay, relationOf, timeColumn } from '../store/table-state.js';
import { makeViews } from '../store/views.js';

/** Deletes a table's rows of a day, wherever they are. @returns how many there were */
export async function removeDay(store: WritableStore, name: string, day: bigint): Promise<number> {
  return store.exclusive(async (connection, catalogue) => {
    const table = catalogue.get(name);
    const time = table && timeColumn(table);
    if (!table || time === undefined) return 0;
    const gone = table.archive?.files.filter((of) => of.day === day) ?? [];
    let rows = gone.reduce((sum, of) => sum + of.rows, 0);
    await inTransaction(connection, store, async () => {
      const deleted = await connection.run(`DELETE FROM ${relationOf(table)} WHERE ${ofDay(time, day)}`);
      rows += deleted.rowsChanged;
      if (!table.archive || gone.length === 0) return;
      await unrecordFiles(connection, gone);
      table.archive = { ...table.archive, files: table.archive.files.filter((of) => of.day !== day) };
      await makeViews(connection, table);
    });
    store.retired.add(gone.map(({ file }) => file));
    return rows;
  });
}
