/** The name of a figure, which explains itself: definition in words, formula, population, version. */

import { useQuery } from "@tanstack/react-query";
import { useId, useRef, useState } from "react";
import { createPortal } from "react-dom";
import { definitionsQuery } from "../api/queries.ts";
import type { MetricDefinition } from "../api/types.ts";
import { useWording } from "./context.ts";

const WIDTH = 320;

interface MetricNameProps {
  readonly id: string;
  readonly name: string;
}

export function MetricName({ id, name }: MetricNameProps) {
  const { data } = useQuery(definitionsQuery);
  const definition = data?.definitions.find((each) => each.id === id);
  const anchor = useRef<HTMLSpanElement>(null);
  const [place, setPlace] = useState<{ left: number; top: number } | null>(null);
  const bubbleId = useId();
  if (definition === undefined) return <span>{name}</span>;
  const show = () => {
    const box = anchor.current?.getBoundingClientRect();
    if (box === undefined) return;
    const left = Math.max(8, Math.min(box.left, window.innerWidth - WIDTH - 8));
    setPlace({ left, top: box.bottom + 6 });
  };
  const hide = () => setPlace(null);
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: hovering only shows what a reader is told
    <span
      ref={anchor}
      className="metric-name"
      aria-describedby={place === null ? undefined : bubbleId}
      onMouseEnter={show}
      onMouseLeave={hide}
      onFocus={show}
      onBlur={hide}
    >
      {name}
      {place !== null &&
        createPortal(
          <div
            id={bubbleId}
            role="tooltip"
            className="definition"
            style={{ ...place, width: WIDTH }}
          >
            <Definition definition={definition} />
          </div>,
          document.body,
        )}
    </span>
  );
}

function Definition({ definition }: { definition: MetricDefinition }) {
  const { language, t } = useWording();
  return (
    <>
      <b>{definition.name[language]}</b>
      <p>{definition.formula[language]}</p>
      <dl>
        <dt>{t("definition.population")}</dt>
        <dd>{definition.population[language]}</dd>
        <dt>{t("definition.unit")}</dt>
        <dd>{definition.unit}</dd>
        <dt>{t("definition.window")}</dt>
        <dd>{definition.window}</dd>
        <dt>{t("definition.nullMeans")}</dt>
        <dd>{definition.nullMeans[language]}</dd>
      </dl>
      <p className="muted">
        {t("definition.version", { id: definition.id, version: String(definition.version) })}
      </p>
    </>
  );
}
