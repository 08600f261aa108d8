/** The small menu of a card: what it shows as a file, or on paper. */

import { type KeyboardEvent, type RefObject, useRef, useState } from "react";
import { useLocation } from "wouter";
import { useSite } from "./context.ts";
import {
  DifferentTypes,
  type FileFormat,
  fileName,
  fileOfSheet,
  fileOfSource,
  type RowsSource,
  saveFile,
} from "./download.ts";
import { PAGE_IDS, PAGES } from "./pages.ts";
import type { Sheet } from "./sheet.ts";
import { useClosing } from "./use-closing.ts";
import { useFilters } from "./use-filters.ts";

interface DownloadMenuProps {
  /** What the rows are, in the name of the file. */
  readonly what: string;
  readonly source: RowsSource | undefined;
  /** The rows that the page has made, where there is no route for them. */
  readonly sheet: (() => Sheet) | null;
  /** The part of the page that is printed. */
  readonly printed: RefObject<HTMLElement | null>;
}

type Item = FileFormat | "print";

export function DownloadMenu({ what, source, sheet, printed }: DownloadMenuProps) {
  const { t } = useSite();
  const [open, setOpen] = useState(false);
  const holder = useRef<HTMLDivElement>(null);
  const { save, busy, problem } = useSaving({ what, source, sheet });
  useClosing(open, holder, setOpen);
  const hasRows = source !== undefined || sheet !== null;
  const items: Item[] = [...(hasRows ? (["csv", "arrow"] as const) : []), "print"];
  const choose = (item: Item) => {
    setOpen(false);
    holder.current?.querySelector("button")?.focus();
    if (item === "print") printOnly(printed.current);
    else void save(item);
  };
  return (
    <div className="download" ref={holder}>
      <button
        type="button"
        className="quiet"
        aria-haspopup="menu"
        aria-expanded={open}
        aria-busy={busy}
        // Not switched off, or it would lose the focus while the file is made.
        aria-disabled={busy}
        onClick={() => setOpen(!open && !busy)}
      >
        {t("download.menu")}
        <i aria-hidden="true">▾</i>
      </button>
      {open && (
        <div className="options" role="menu" tabIndex={-1} onKeyDown={walk}>
          {items.map((item, place) => (
            <button
              key={item}
              type="button"
              role="menuitem"
              // biome-ignore lint/a11y/noAutofocus: a menu that was opened takes the focus
              autoFocus={place === 0}
              onClick={() => choose(item)}
            >
              {t(`download.${item}`)}
            </button>
          ))}
        </div>
      )}
      {problem !== null && (
        <p className="problem" role="alert">
          {problem}
        </p>
      )}
    </div>
  );
}

/** Up and down go round the items. */
function walk(event: KeyboardEvent<HTMLElement>): void {
  const step = event.key === "ArrowDown" ? 1 : event.key === "ArrowUp" ? -1 : 0;
  if (step === 0) return;
  event.preventDefault();
  const items = [...event.currentTarget.querySelectorAll("button")];
  const at = items.indexOf(document.activeElement as HTMLButtonElement);
  items.at((at + step) % items.length)?.focus();
}

/** Makes the file and saves it; says what stood in the way. */
function useSaving({ what, source, sheet }: Omit<DownloadMenuProps, "printed">) {
  const { t, dimensions } = useSite();
  const { period } = useFilters();
  const [path] = useLocation();
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const page = PAGE_IDS.find((id) => PAGES[id].path === path) ?? "sources";
  const save = async (format: FileFormat) => {
    setBusy(true);
    setProblem(null);
    try {
      const file =
        source !== undefined
          ? await fileOfSource(source, format)
          : await fileOfSheet(sheet?.() ?? { header: [], rows: [] }, format);
      const today = new Intl.DateTimeFormat("sv-SE", { timeZone: dimensions.zone }).format();
      const of = PAGES[page].filtered ? period : null;
      saveFile(file, fileName({ page, what, period: of, today, format }));
    } catch (cause) {
      const failed = t("error.failed", { what: t("download.file") });
      setProblem(cause instanceof DifferentTypes ? t("download.differ") : failed);
    } finally {
      setBusy(false);
    }
  };
  return { save, busy, problem };
}

/** Prints one part of the page; the browser's own command prints all of it. */
function printOnly(part: HTMLElement | null): void {
  part?.classList.add("printed");
  document.body.classList.add("prints-part");
  const after = () => {
    part?.classList.remove("printed");
    document.body.classList.remove("prints-part");
  };
  window.addEventListener("afterprint", after, { once: true });
  window.print();
}
