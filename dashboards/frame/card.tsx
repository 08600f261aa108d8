/** The parts a page is laid out with: a card with a title, the headline, tabs, a legend. */

import { type KeyboardEvent, type ReactNode, useCallback, useRef, useState } from "react";
import { afterPaint } from "./after-paint.ts";
import type { RowsSource } from "./download.ts";
import { DownloadMenu } from "./download-menu.tsx";
import { InControl } from "./explained.tsx";
import type { Sheet } from "./sheet.ts";
import { type Content, ContentContext } from "./sheet-context.ts";

interface CardProps {
  readonly title: ReactNode;
  /** One line under the title: how to read what follows. */
  readonly hint?: string;
  /** Controls at the right of the title. */
  readonly aside?: ReactNode;
  readonly wide?: boolean;
  /** What the rows are, in the name of a file: small letters and hyphens. */
  readonly file?: string;
  /** The route that the rows come from; a file has all of them. */
  readonly source?: RowsSource;
  /** The rows of a chart that the page has made; a table says its own. */
  readonly sheet?: () => Sheet;
  readonly children: ReactNode;
}

/** A card with a chart or a table in it offers what it shows as a file and on paper. */
export function Card(props: CardProps) {
  const { title, hint, aside, wide = false, file, source, sheet, children } = props;
  const [content, setContent] = useState<Content | null>(null);
  const section = useRef<HTMLElement>(null);
  const tell = useCallback((told: Content) => {
    // A table says more than the charts beside or in it.
    setContent((now) => (now?.kind === "table" ? now : told));
    return () => setContent((now) => (now === told ? null : now));
  }, []);
  return (
    <section className={wide ? "card wide" : "card"} ref={section}>
      <header>
        <div>
          <h2>{title}</h2>
          {hint !== undefined && <p className="hint">{hint}</p>}
        </div>
        <div className="aside">
          {aside}
          {content !== null && (
            <DownloadMenu
              what={file ?? content.kind}
              source={source}
              sheet={sheet ?? (content.sheet === null ? null : () => sheetOf(content))}
              printed={section}
            />
          )}
        </div>
      </header>
      <ContentContext value={tell}>{children}</ContentContext>
    </section>
  );
}

const sheetOf = ({ sheet }: Content): Sheet => sheet?.current() ?? { header: [], rows: [] };

/** The page's answer in one sentence, and what it rests on. */
export function Headline(props: { sentence: string; basis?: string; children?: ReactNode }) {
  const { sentence, basis, children } = props;
  return (
    <div className="headline">
      <h1>{sentence}</h1>
      {basis !== undefined && <p>{basis}</p>}
      {children}
    </div>
  );
}

interface TabsProps<Value extends string> {
  readonly label: string;
  readonly values: readonly Value[];
  readonly value: Value;
  readonly nameOf: (value: Value) => ReactNode;
  readonly onChange: (value: Value) => void;
}

export function Tabs<Value extends string>(props: TabsProps<Value>) {
  const { label, values, value, nameOf, onChange } = props;
  // Shown as chosen before what it chooses is drawn.
  const [pressed, setPressed] = useState<Value | null>(null);
  const choose = (next: Value) => {
    setPressed(next);
    afterPaint(() => {
      onChange(next);
      setPressed(null);
    });
  };
  return (
    <div className="tabs" role="tablist" aria-label={label} onKeyDown={walkTabs}>
      {values.map((each) => (
        <button
          key={each}
          type="button"
          role="tab"
          aria-selected={each === (pressed ?? value)}
          onClick={() => choose(each)}
        >
          <InControl value>{nameOf(each)}</InControl>
        </button>
      ))}
    </div>
  );
}

/** Left and right go round the tabs; Enter chooses. */
function walkTabs(event: KeyboardEvent<HTMLElement>): void {
  const step = event.key === "ArrowRight" ? 1 : event.key === "ArrowLeft" ? -1 : 0;
  if (step === 0) return;
  event.preventDefault();
  const tabs = [...event.currentTarget.querySelectorAll<HTMLElement>("[role='tab']")];
  const at = tabs.indexOf(document.activeElement as HTMLElement);
  tabs.at((at + step) % tabs.length)?.focus();
}

export interface LegendItem {
  readonly name: string;
  /** A style class that draws the mark. */
  readonly mark: string;
}

export function Legend({ items }: { items: readonly LegendItem[] }) {
  return (
    <ul className="legend">
      {items.map(({ name, mark }) => (
        <li key={name}>
          <i className={mark} />
          {name}
        </li>
      ))}
    </ul>
  );
}
