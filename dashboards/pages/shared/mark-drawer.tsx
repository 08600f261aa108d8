/** The rows behind a mark: what its figure is, how it is defined, how fresh it is, and the rows. */

import { useCallback, useRef } from "react";
import { useSite } from "../../frame/context.ts";
import { Drawer } from "../../frame/drawer.tsx";
import type { Mark } from "../../frame/mark.ts";
import { Definition, useDefinition } from "../../frame/metric-name.tsx";
import { useFilters } from "../../frame/use-filters.ts";
import { useMark, useOpenMark } from "../../frame/use-mark.ts";
import { BehindMark } from "./behind-mark.tsx";
import { type MarkFigure, useMarkFigure } from "./mark-figure.ts";
import {
  basisWords,
  figureName,
  figureWords,
  markFilterWords,
  markTitle,
  useAgentNames,
} from "./mark-words.ts";
import { NamesNote } from "./names-note.tsx";
import { TaskDrawer } from "./task-drawer.tsx";

/** The drawer of the mark in the address; nothing where there is none. */
export default function MarkDrawer() {
  const mark = useMark();
  const open = useOpenMark();
  const close = useCallback(() => open(null), [open]);
  const { period } = useFilters();
  if (mark === null) return null;
  if (mark.kind === "task" || mark.kind === "tasks") {
    return <TaskDrawer mark={mark} onClose={close} />;
  }
  // A store without data has no marks, whatever a link says.
  return period === null ? null : <ContactsDrawer mark={mark} onClose={close} />;
}

interface OfMark {
  readonly mark: Mark;
  readonly onClose: () => void;
}

function ContactsDrawer({ mark, onClose }: OfMark) {
  const site = useSite();
  const { language, session } = site;
  const { parameters } = useFilters();
  const drawer = useRef<HTMLElement>(null);
  const menu = useRef<HTMLDivElement>(null);
  const definition = useDefinition(mark.figure);
  const names = useAgentNames(mark, parameters);
  const figure = useMarkFigure(mark, parameters, session.role);
  const name = figureName(mark, site, definition?.name[language]);
  return (
    <Drawer
      title={markTitle(mark, name, names, site)}
      aside={<div ref={menu} />}
      drawer={drawer}
      onClose={onClose}
    >
      <div className="mark-facts">
        <div>
          <FigureOf mark={mark} figure={figure} name={name} />
          <FilterLines words={markFilterWords(mark, parameters, names, site)} />
          <Freshness />
          <NamesNote />
        </div>
        {definition !== undefined && (
          <div className="mark-definition">
            <Definition definition={definition} />
          </div>
        )}
      </div>
      <BehindMark mark={mark} parameters={parameters} drawer={drawer} menu={menu} />
    </Drawer>
  );
}

interface FigureProps {
  readonly mark: Mark;
  readonly figure: MarkFigure | undefined;
  readonly name: string;
}

/** The place is kept while the figure is asked for. */
function FigureOf({ mark, figure, name }: FigureProps) {
  const site = useSite();
  const { t } = site;
  const value = figure === undefined ? "…" : figureWords(mark, figure, site);
  const basis = figure === undefined ? null : basisWords(mark, figure, site);
  return (
    <p className="mark-figure">
      <span className="muted">{name}</span>
      <b>{value ?? t("marks.noFigure")}</b>
      {basis !== null && <span className="muted">{basis}</span>}
    </p>
  );
}

function FilterLines({ words }: { words: readonly string[] }) {
  const { t } = useSite();
  return (
    <ul className="mark-filters" aria-label={t("marks.filters")}>
      {words.map((word) => (
        <li key={word}>{word}</li>
      ))}
    </ul>
  );
}

function Freshness() {
  const { t, formats, dimensions } = useSite();
  const { countedTo } = dimensions;
  return (
    <p className="hint">
      {countedTo === null
        ? t("fresh.never")
        : t("fresh.counted", { time: formats.momentLong(countedTo) })}
    </p>
  );
}
