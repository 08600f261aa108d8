/** The keyboard in a table: one row has the focus, arrows and pages move it, Enter opens it, Space picks it. */

import {
  type FocusEvent,
  type KeyboardEvent,
  type MouseEvent,
  type RefObject,
  useLayoutEffect,
  useRef,
  useState,
} from "react";

interface RowFocus {
  readonly count: number;
  readonly scroller: RefObject<HTMLDivElement | null>;
  readonly open: (index: number) => void;
  /** Undefined where rows cannot be picked. */
  readonly pick: ((index: number) => void) | undefined;
}

function indexOf(target: EventTarget | null): number | null {
  const row = target instanceof Element ? target.closest("tr[data-index]") : null;
  const index = row?.getAttribute("data-index");
  return index === null || index === undefined ? null : Number(index);
}

/** Where a key leads from a row; null where the key means nothing here. */
export function nextRow(key: string, from: number, count: number, page: number): number | null {
  const steps: Readonly<Record<string, number>> = {
    ArrowDown: from + 1,
    ArrowUp: from - 1,
    PageDown: from + page,
    PageUp: from - page,
    Home: 0,
    End: count - 1,
  };
  const next = steps[key];
  return next === undefined ? null : Math.max(0, Math.min(count - 1, next));
}

const headerHeight = (scroller: HTMLElement): number =>
  scroller.querySelector("thead")?.offsetHeight ?? 0;

/** Rows that fit below the header, less one: what was last is then first. */
function pageOf(scroller: HTMLElement, row: Element): number {
  const rowHeight = Math.max(1, row.getBoundingClientRect().height);
  return Math.max(1, Math.floor((scroller.clientHeight - headerHeight(scroller)) / rowHeight) - 1);
}

export function useRowFocus({ count, scroller, open, pick }: RowFocus) {
  const [place, setPlace] = useState(0);
  const moved = useRef(false);
  const active = Math.max(0, Math.min(place, count - 1));
  useLayoutEffect(() => {
    const holder = scroller.current;
    if (!moved.current || holder === null) return;
    moved.current = false;
    const row = holder.querySelector<HTMLElement>(`tr[data-index="${active}"]`);
    if (row === null) return;
    row.focus({ preventScroll: true });
    // The header lies over the first rows of what scrolls.
    holder.style.scrollPaddingTop = `${headerHeight(holder)}px`;
    row.scrollIntoView({ block: "nearest", inline: "nearest" });
  }, [active, scroller]);
  const onKeyDown = (event: KeyboardEvent) => {
    const from = indexOf(event.target);
    const holder = scroller.current;
    if (from === null || holder === null) return;
    const row = event.target as Element;
    // Keys inside of a row's own controls are theirs.
    if (!row.matches("tr[data-index]") || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "Enter") {
      // Or the same key would press what has the focus in the dialog that it opens.
      event.preventDefault();
      return open(from);
    }
    if (event.key === " " && pick !== undefined) {
      event.preventDefault();
      return pick(from);
    }
    const next = nextRow(event.key, from, count, pageOf(holder, row));
    if (next === null) return;
    event.preventDefault();
    moved.current = next !== from;
    setPlace(next);
  };
  const onFocus = (event: FocusEvent) => setPlace(indexOf(event.target) ?? active);
  const onClick = (event: MouseEvent) => {
    const index = indexOf(event.target);
    if (index === null) return;
    const inBox = event.target instanceof Element && event.target.matches(".pick");
    if (inBox) pick?.(index);
    else open(index);
  };
  return { active, handlers: { onKeyDown, onFocus, onClick } };
}
