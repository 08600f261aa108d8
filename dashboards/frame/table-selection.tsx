/** Rows that are picked, to look at what is behind several of them at once. */

import { useCallback, useMemo, useState } from "react";
import { useSite } from "./context.ts";

export interface Picked<Row> {
  readonly keys: ReadonlySet<string>;
  readonly rows: readonly Row[];
  readonly toggle: (key: string) => void;
  readonly clear: () => void;
}

/** By key, so that rows stay picked when they are counted anew; those that are gone are not. */
export function usePicked<Row>(
  rows: readonly Row[],
  rowKey: (row: Row, index: number) => string,
): Picked<Row> {
  const [keys, setKeys] = useState<ReadonlySet<string>>(new Set());
  const toggle = useCallback(
    (key: string) =>
      setKeys((now) => {
        const next = new Set(now);
        if (!next.delete(key)) next.add(key);
        return next;
      }),
    [],
  );
  const clear = useCallback(() => setKeys(new Set()), []);
  const known = useMemo(
    () => (keys.size === 0 ? [] : rows.filter((row, place) => keys.has(rowKey(row, place)))),
    [keys, rows, rowKey],
  );
  return { keys, rows: known, toggle, clear };
}

interface SelectedRowsProps {
  readonly count: number;
  readonly onShow: () => void;
  readonly onClear: () => void;
}

export function SelectedRows({ count, onShow, onClear }: SelectedRowsProps) {
  const { t, formats } = useSite();
  const shown = formats.number(count);
  return (
    <div className="table-selected">
      <span role="status">{t("table.selected", { count, shown })}</span>
      <button type="button" onClick={onShow}>
        {t("table.showSelected", { count, shown })}
      </button>
      <button type="button" className="quiet" onClick={onClear}>
        {t("table.unselect")}
      </button>
    </div>
  );
}
