/** The parts a page is laid out with: a card with a title, the headline, tabs, a legend. */

import type { ReactNode } from "react";

interface CardProps {
  readonly title: ReactNode;
  /** One line under the title: how to read what follows. */
  readonly hint?: string;
  /** Controls at the right of the title. */
  readonly aside?: ReactNode;
  readonly wide?: boolean;
  readonly children: ReactNode;
}

export function Card({ title, hint, aside, wide = false, children }: CardProps) {
  return (
    <section className={wide ? "card wide" : "card"}>
      <header>
        <div>
          <h2>{title}</h2>
          {hint !== undefined && <p className="hint">{hint}</p>}
        </div>
        {aside}
      </header>
      {children}
    </section>
  );
}

/** The page's answer in one sentence, and what it rests on. */
export function Headline({ sentence, basis }: { sentence: string; basis?: string }) {
  return (
    <div className="headline">
      <h1>{sentence}</h1>
      {basis !== undefined && <p>{basis}</p>}
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
  return (
    <div className="tabs" role="tablist" aria-label={label}>
      {values.map((each) => (
        <button
          key={each}
          type="button"
          role="tab"
          aria-selected={each === value}
          onClick={() => onChange(each)}
        >
          {nameOf(each)}
        </button>
      ))}
    </div>
  );
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
