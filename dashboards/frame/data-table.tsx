/** A dense table: sticky header, sorted by any column, walked with the keyboard. */

import {
  createColumnHelper,
  createSortedRowModel,
  rowSortingFeature,
  sortFns,
  tableFeatures,
  useTable,
} from "@tanstack/react-table";
import { type ReactNode, useMemo } from "react";

export type Cell = string | number | null;

export interface Column<Row> {
  readonly id: string;
  readonly header: ReactNode;
  /** What the column is sorted by; null sorts last. */
  readonly value: (row: Row) => Cell;
  /** What is written; the value itself where it is not said. */
  readonly write?: (row: Row) => ReactNode;
  readonly numeric?: boolean;
  /** Long words break into lines; else a row is one line. */
  readonly wrap?: boolean;
}

interface DataTableProps<Row> {
  readonly label: string;
  readonly rows: readonly Row[];
  readonly columns: readonly Column<Row>[];
  readonly rowKey: (row: Row, index: number) => string;
  readonly sortedBy?: { readonly id: string; readonly desc: boolean };
  readonly onRow?: (row: Row) => void;
  /** Rows that stand back, such as what belongs to nobody. */
  readonly isMuted?: (row: Row) => boolean;
}

const features = tableFeatures({
  rowSortingFeature,
  sortedRowModel: createSortedRowModel(),
  sortFns,
});

function compare(one: Cell, other: Cell): number {
  if (typeof one === "number" && typeof other === "number") return one - other;
  return String(one).localeCompare(String(other));
}

export function DataTable<Row extends object>(props: DataTableProps<Row>) {
  const { label, rows, columns, rowKey, sortedBy, onRow, isMuted } = props;
  const byId = useMemo(() => new Map(columns.map((column) => [column.id, column])), [columns]);
  const definitions = useMemo(() => {
    const helper = createColumnHelper<typeof features, Row>();
    return helper.columns(
      columns.map((column) =>
        helper.accessor((row) => column.value(row) ?? undefined, {
          id: column.id,
          sortUndefined: "last",
          sortFn: (one, other) => compare(column.value(one.original), column.value(other.original)),
          sortDescFirst: column.numeric === true,
        }),
      ),
    );
  }, [columns]);
  const data = useMemo(() => [...rows], [rows]);
  const initialState = useMemo(
    () => ({ sorting: sortedBy === undefined ? [] : [{ ...sortedBy }] }),
    [sortedBy],
  );
  const table = useTable({ features, columns: definitions, data, initialState });
  return (
    <section className="table" aria-label={label}>
      <table>
        <thead>
          <tr>
            {table.getHeaderGroups()[0]?.headers.map(({ column }) => {
              const sorted = column.getIsSorted();
              const direction = sorted === "asc" ? "ascending" : "descending";
              const numeric = byId.get(column.id)?.numeric === true;
              return (
                <th
                  key={column.id}
                  className={numeric ? "numeric" : undefined}
                  aria-sort={sorted === false ? "none" : direction}
                >
                  <button type="button" onClick={() => column.toggleSorting()}>
                    {byId.get(column.id)?.header}
                    <i aria-hidden="true">{sorted === false ? "" : sorted === "asc" ? "▲" : "▼"}</i>
                  </button>
                </th>
              );
            })}
          </tr>
        </thead>
        <tbody>
          {table.getRowModel().rows.map((row) => (
            <Line
              key={rowKey(row.original, row.index)}
              row={row.original}
              columns={columns}
              onRow={onRow}
              muted={isMuted?.(row.original) === true}
            />
          ))}
        </tbody>
      </table>
    </section>
  );
}

interface LineProps<Row> {
  readonly row: Row;
  readonly columns: readonly Column<Row>[];
  readonly onRow: ((row: Row) => void) | undefined;
  readonly muted: boolean;
}

function Line<Row>({ row, columns, onRow, muted }: LineProps<Row>) {
  const cells = columns.map((column) => (
    <td key={column.id} className={column.numeric ? "numeric" : column.wrap ? "wrap" : undefined}>
      {column.write === undefined ? column.value(row) : column.write(row)}
    </td>
  ));
  if (onRow === undefined) return <tr className={muted ? "muted" : undefined}>{cells}</tr>;
  return (
    <tr
      className="opens"
      tabIndex={0}
      onClick={() => onRow(row)}
      onKeyDown={(event) => {
        if (event.key === "Enter") onRow(row);
      }}
    >
      {cells}
    </tr>
  );
}
