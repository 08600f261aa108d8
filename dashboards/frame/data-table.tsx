/**
 * A dense table: sticky header, sorted by any column, searched, walked with the keyboard, fluent at
 * 100,000 rows. The card around it offers its rows as a file.
 */

import { useCallback, useMemo, useRef, useState } from "react";
import { LOCALES } from "../i18n/texts.ts";
import type { Cell as TableCell, Column as TableColumn } from "./column.ts";
import { useWording } from "./context.ts";
import { useSheet } from "./sheet-context.ts";
import { TableGrid } from "./table-grid.tsx";
import { type Sorting, toggled } from "./table-header.tsx";
import { matching, useWords } from "./table-index.ts";
import { orderAsGiven, orderBy } from "./table-order.ts";
import { TableSearch } from "./table-search.tsx";
import { SelectedRows, usePicked } from "./table-selection.tsx";
import { cellWords, headerWords } from "./written.ts";

export type Cell = TableCell;
export type Column<Row> = TableColumn<Row>;

/** Shorter tables are read faster than searched. */
const SEARCHED_FROM = 16;

interface DataTableProps<Row> {
  readonly label: string;
  readonly rows: readonly Row[];
  readonly columns: readonly Column<Row>[];
  readonly rowKey: (row: Row, index: number) => string;
  readonly sortedBy?: Sorting;
  readonly onRow?: (row: Row) => void;
  /** Rows can be picked, with Space or their box, and those picked opened together. */
  readonly onSelected?: (rows: readonly Row[]) => void;
  /** Rows that stand back, such as what belongs to nobody. */
  readonly isMuted?: (row: Row) => boolean;
}

export function DataTable<Row extends object>(props: DataTableProps<Row>) {
  const { label, rows, columns, rowKey, onRow, onSelected, isMuted } = props;
  const [needle, setNeedle] = useState("");
  const { shown, gathering, sorting, toggle } = useShown(props, needle);
  const picked = usePicked(rows, rowKey);
  const box = useRef<HTMLElement>(null);
  useSheet(() => sheetOf(rows, columns, shown));
  const toFirstRow = () => box.current?.querySelector<HTMLElement>("tr[tabindex='0']")?.focus();
  return (
    <section className="table-box" aria-label={label} ref={box}>
      {rows.length >= SEARCHED_FROM && (
        <TableSearch
          box={box}
          shown={shown.length}
          all={rows.length}
          gathering={gathering}
          onSearch={setNeedle}
          onLeave={toFirstRow}
        />
      )}
      {onSelected !== undefined && picked.rows.length > 0 && (
        <SelectedRows
          count={picked.rows.length}
          onShow={() => onSelected(picked.rows)}
          onClear={() => {
            toFirstRow();
            picked.clear();
          }}
        />
      )}
      <TableGrid
        label={label}
        rows={rows}
        shown={shown}
        columns={columns}
        rowKey={rowKey}
        sorting={sorting}
        onSort={toggle}
        needle={needle}
        onRow={onRow}
        isMuted={isMuted}
        picked={onSelected === undefined ? undefined : picked}
      />
    </section>
  );
}

/** Which rows are shown and in which order. */
function useShown<Row extends object>(props: DataTableProps<Row>, needle: string) {
  const { rows, columns, sortedBy } = props;
  const { language } = useWording();
  const collator = useMemo(() => new Intl.Collator(LOCALES[language]), [language]);
  const [sorting, setSorting] = useState<Sorting | null>(sortedBy ?? null);
  const toggle = useCallback(
    (column: Column<Row>) => setSorting((now) => toggled(now, column)),
    [],
  );
  const words = useWords(rows, columns, collator, needle !== "");
  const order = useMemo(() => {
    const column = columns.find(({ id }) => id === sorting?.id);
    if (column === undefined) return orderAsGiven(rows.length);
    return orderBy(rows, column, sorting?.desc === true, collator);
  }, [rows, columns, sorting, collator]);
  const shown = useMemo(
    () => (needle === "" || words === null ? order : matching(order, words, needle)),
    [order, words, needle],
  );
  return { shown, gathering: needle !== "" && words === null, sorting, toggle };
}

/** What the table shows, as a file has it: numbers as they are, all else as it is written. */
function sheetOf<Row>(rows: readonly Row[], columns: readonly Column<Row>[], shown: Uint32Array) {
  return {
    header: columns.map(headerWords),
    rows: Array.from(shown, (place) => {
      const row = rows[place] as Row;
      return columns.map((column) => {
        const value = column.value(row);
        return typeof value === "number" || value === null ? value : cellWords(column, row);
      });
    }),
  };
}
