/** The search of a table: every word must stand somewhere in a row. `/` leads here, Escape clears. */

import { type KeyboardEvent, type RefObject, useEffect, useRef, useState } from "react";
import { useSite } from "./context.ts";

/** Between two letters typed fast lie about 100 ms: large tables wait a part of that. */
const PAUSE_MILLISECONDS = 40;
const LARGE = 2000;

interface TableSearchProps {
  readonly box: RefObject<HTMLElement | null>;
  readonly shown: number;
  readonly all: number;
  /** The words of the rows are not all gathered yet. */
  readonly gathering: boolean;
  readonly onSearch: (needle: string) => void;
  /** Down from the search box into the rows. */
  readonly onLeave: () => void;
}

export function TableSearch(props: TableSearchProps) {
  const { box, shown, all, gathering, onSearch, onLeave } = props;
  const { t, formats } = useSite();
  const [text, setText] = useState("");
  const input = useRef<HTMLInputElement>(null);
  useSlash(box, input);
  useEffect(() => {
    if (all < LARGE || text === "") {
      onSearch(text.trim());
      return;
    }
    const timer = setTimeout(() => onSearch(text.trim()), PAUSE_MILLISECONDS);
    return () => clearTimeout(timer);
  }, [text, all, onSearch]);
  const onKey = (event: KeyboardEvent) => {
    if (event.key === "ArrowDown") {
      event.preventDefault();
      onLeave();
    } else if (event.key === "Escape" && text !== "") {
      // What else Escape closes, such as a drawer, stays for the next press.
      event.stopPropagation();
      event.preventDefault();
      setText("");
    }
  };
  const count = { shown: formats.number(shown), all: formats.number(all) };
  return (
    <search className="table-search">
      <input
        ref={input}
        type="search"
        value={text}
        placeholder={t("table.search")}
        aria-label={t("table.search")}
        aria-keyshortcuts="/"
        onChange={(event) => setText(event.target.value)}
        onKeyDown={onKey}
      />
      <output className="hint">
        {gathering
          ? t("table.gathering")
          : text.trim() === ""
            ? t("table.rows", { count: all, shown: count.all })
            : t("table.found", count)}
      </output>
    </search>
  );
}

const isWrittenIn = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement && target.closest("input, select, textarea") !== null;

/** `/` belongs to the table that has the focus, else to the first: in a drawer where one is open. */
function useSlash(box: RefObject<HTMLElement | null>, input: RefObject<HTMLInputElement | null>) {
  useEffect(() => {
    const onSlash = (event: globalThis.KeyboardEvent) => {
      if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey) return;
      if (isWrittenIn(event.target)) return;
      const focused = document.activeElement?.closest(".table-box") ?? null;
      const first =
        document.querySelector(".drawer .table-search") ?? document.querySelector(".table-search");
      if ((focused ?? first?.closest(".table-box")) !== box.current) return;
      event.preventDefault();
      input.current?.focus();
      input.current?.select();
    };
    document.addEventListener("keydown", onSlash);
    return () => document.removeEventListener("keydown", onSlash);
  }, [box, input]);
}
