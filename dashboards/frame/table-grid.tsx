/** The rows of a table in their frame that scrolls: of many only those in sight are drawn. */

import { useVirtualizer } from "@tanstack/react-virtual";
import { memo, type ReactNode, type RefObject, useLayoutEffect, useMemo, useRef } from "react";
import { usePrinting } from "../theme/printing.ts";
import type { Column } from "./column.ts";
import { useSite } from "./context.ts";
import { type Sorting, TableHeader } from "./table-header.tsx";
import { useRowFocus } from "./table-keys.ts";
import type { Picked } from "./table-selection.tsx";
import { useWidths } from "./table-widths.ts";
import { cellWords } from "./written.ts";

const ROW_HEIGHT = 28;
/** Up to this many rows are drawn whole. */
const WHOLE = 200;
const OVERSCAN = 10;
/** More rows than this are no paper to read: the file has them all. */
const PRINTED = 2000;

interface TableGridProps<Row> {
  readonly label: string;
  readonly rows: readonly Row[];
  /** Places of the rows that are shown, in order. */
  readonly shown: Uint32Array;
  readonly columns: readonly Column<Row>[];
  readonly rowKey: (row: Row, index: number) => string;
  readonly sorting: Sorting | null;
  readonly onSort: (column: Column<Row>) => void;
  readonly needle: string;
  readonly onRow: ((row: Row) => void) | undefined;
  readonly isMuted: ((row: Row) => boolean) | undefined;
  readonly picked: Pick<Picked<Row>, "keys" | "toggle"> | undefined;
}

interface Placed {
  readonly index: number;
  readonly start: number;
  readonly end: number;
}

export function TableGrid<Row extends object>(props: TableGridProps<Row>) {
  const { label, rows, shown, columns, rowKey, sorting, onSort, needle } = props;
  const { onRow, isMuted, picked } = props;
  const { t } = useSite();
  const printing = usePrinting();
  const scroller = useRef<HTMLDivElement>(null);
  const virtual = !printing && shown.length > WHOLE;
  const rowAt = (index: number) => rows[shown[index] ?? -1];
  const open = (index: number) => {
    const row = rowAt(index);
    if (row !== undefined) onRow?.(row);
  };
  const keyAt = (index: number) => {
    const row = rowAt(index);
    return row === undefined ? "" : rowKey(row, shown[index] ?? index);
  };
  const pick = picked && ((index: number) => picked.toggle(keyAt(index)));
  const focus = useRowFocus({ count: shown.length, scroller, open, pick });
  const { placed, height, measure } = usePlaced(scroller, shown.length, virtual, focus.active);
  const wide = useWidths(scroller, rows, columns, rows.length > WHOLE && !printing);
  useTopOnChange(scroller, sorting, needle);
  const line = ({ index }: Placed): ReactNode => {
    const row = rowAt(index);
    if (row === undefined) return null;
    return (
      <Line
        key={keyAt(index)}
        row={row}
        index={index}
        columns={columns}
        current={index === focus.active}
        opens={onRow !== undefined}
        muted={isMuted?.(row) === true}
        picked={picked?.keys.has(keyAt(index))}
        measure={virtual && columns.some(({ wrap }) => wrap) ? measure : undefined}
      />
    );
  };
  return (
    <div className="table" ref={scroller}>
      <table
        aria-label={label}
        aria-rowcount={shown.length + 1}
        className={wide === null ? undefined : "fixed"}
        style={wide === null ? undefined : { minWidth: wide.total }}
      >
        {wide !== null && (
          <colgroup>
            {wide.shares.map((share, place) => (
              <col key={columns[place]?.id} style={{ width: `${share * 100}%` }} />
            ))}
          </colgroup>
        )}
        <TableHeader columns={columns} sorting={sorting} onSort={onSort} />
        <tbody {...focus.handlers}>
          {shown.length === 0 && (
            <tr>
              <td className="nothing" colSpan={columns.length}>
                {t("table.nothing", { needle })}
              </td>
            </tr>
          )}
          {withGaps(placed, height, columns.length, line)}
        </tbody>
      </table>
      {printing && shown.length > PRINTED && <CutShort all={shown.length} />}
    </div>
  );
}

/** Below a printed table that has more rows than paper should hold. */
function CutShort({ all }: { all: number }) {
  const { t, formats } = useSite();
  const counts = { shown: formats.number(PRINTED), all: formats.number(all) };
  return <p className="hint">{t("table.printed", counts)}</p>;
}

/** Which rows are drawn, and where they lie. */
function usePlaced(
  scroller: RefObject<HTMLDivElement | null>,
  count: number,
  virtual: boolean,
  active: number,
) {
  const virtualizer = useVirtualizer({
    count,
    enabled: virtual,
    overscan: OVERSCAN,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_HEIGHT,
    // The row with the focus stays drawn wherever one scrolls, or the focus would be lost.
    rangeExtractor: ({ startIndex, endIndex, overscan }) => {
      const from = Math.max(0, startIndex - overscan);
      const to = Math.min(count - 1, endIndex + overscan);
      const drawn = Array.from({ length: to - from + 1 }, (_, place) => from + place);
      if (active < from) return [active, ...drawn];
      return active > to && active < count ? [...drawn, active] : drawn;
    },
  });
  const whole = useMemo(
    () =>
      Array.from({ length: virtual ? 0 : Math.min(count, PRINTED) }, (_, index) => {
        return { index, start: index, end: index + 1 };
      }),
    [virtual, count],
  );
  return {
    placed: virtual ? virtualizer.getVirtualItems() : whole,
    height: virtual ? virtualizer.getTotalSize() : whole.length,
    measure: virtualizer.measureElement,
  };
}

/** The rows, and between those that do not touch an empty row as high as what is left out. */
function withGaps(
  placed: readonly Placed[],
  height: number,
  columns: number,
  line: (placed: Placed) => ReactNode,
): ReactNode[] {
  const drawn: ReactNode[] = [];
  let end = 0;
  const fill = (start: number) => {
    if (start - end < 1) return;
    drawn.push(
      <tr key={`gap-${drawn.length}`} className="gap">
        <td colSpan={columns} style={{ height: start - end }} />
      </tr>,
    );
  };
  for (const each of placed) {
    fill(each.start);
    drawn.push(line(each));
    end = each.end;
  }
  fill(height);
  return drawn;
}

/** Another order or another search is read from its first row. */
function useTopOnChange(
  scroller: RefObject<HTMLDivElement | null>,
  sorting: Sorting | null,
  needle: string,
) {
  const before = useRef({ sorting, needle });
  useLayoutEffect(() => {
    if (before.current.sorting === sorting && before.current.needle === needle) return;
    before.current = { sorting, needle };
    if (scroller.current !== null) scroller.current.scrollTop = 0;
  }, [scroller, sorting, needle]);
}

interface LineProps<Row> {
  readonly row: Row;
  readonly index: number;
  readonly columns: readonly Column<Row>[];
  readonly current: boolean;
  readonly opens: boolean;
  readonly muted: boolean;
  /** Undefined where rows cannot be picked. */
  readonly picked: boolean | undefined;
  readonly measure: ((element: HTMLElement | null) => void) | undefined;
}

function LineOf<Row>(props: LineProps<Row>) {
  const { row, index, columns, current, opens, muted, picked, measure } = props;
  const names = [opens && "opens", muted && "muted", picked && "picked"].filter(Boolean).join(" ");
  return (
    <tr
      ref={measure}
      data-index={index}
      aria-rowindex={index + 2}
      className={names === "" ? undefined : names}
      tabIndex={current ? 0 : -1}
    >
      {columns.map((column, place) => (
        <td
          key={column.id}
          className={column.numeric ? "numeric" : column.wrap ? "wrap" : undefined}
        >
          {place === 0 && picked !== undefined && (
            <PickBox name={cellWords(column, row)} picked={picked} />
          )}
          {column.write === undefined ? column.value(row) : column.write(row)}
        </td>
      ))}
    </tr>
  );
}

/** The rows' own handlers hear its clicks; the row has the focus, and Space. */
function PickBox({ name, picked }: { name: string; picked: boolean }) {
  const { t } = useSite();
  return (
    <input
      type="checkbox"
      className="pick"
      tabIndex={-1}
      aria-label={t("table.select", { name })}
      checked={picked}
      readOnly
    />
  );
}

const Line = memo(LineOf) as typeof LineOf;
