/** The name of a figure, which explains itself: definition in words, formula, population, version. */

import { useQuery } from "@tanstack/react-query";
import { definitionsQuery } from "../api/queries.ts";
import type { MetricDefinition } from "../api/types.ts";
import type { Translate } from "../i18n/catalogue.ts";
import { en } from "../i18n/en.ts";
import { useWording } from "./context.ts";
import { Explained } from "./explained.tsx";

interface MetricNameProps {
  readonly id: string;
  readonly name: string;
}

export function MetricName({ id, name }: MetricNameProps) {
  const definition = useDefinition(id);
  if (definition === undefined) return <span>{name}</span>;
  return (
    <Explained name={name}>
      <Definition definition={definition} />
    </Explained>
  );
}

/** The definition of a figure; undefined while it is asked for, and where there is none. */
export function useDefinition(id: string): MetricDefinition | undefined {
  const { data } = useQuery(definitionsQuery);
  return data?.definitions.find((each) => each.id === id);
}

/** A unit that has no words is shown as it is. */
function unitWords(unit: string, t: Translate): string {
  const key = `definition.unitOf.${unit}`;
  return key in en ? (t as (key: string) => string)(key) : unit;
}

export function Definition({ definition }: { definition: MetricDefinition }) {
  const { language, t } = useWording();
  return (
    <>
      <b>{definition.name[language]}</b>
      <p>{definition.formula[language]}</p>
      <dl>
        <dt>{t("definition.population")}</dt>
        <dd>{definition.population[language]}</dd>
        <dt>{t("definition.unit")}</dt>
        <dd>{unitWords(definition.unit, t)}</dd>
        <dt>{t("definition.window")}</dt>
        <dd>{definition.window[language]}</dd>
        <dt>{t("definition.nullMeans")}</dt>
        <dd>{definition.nullMeans[language]}</dd>
      </dl>
      <p className="muted">
        {t("definition.version", { id: definition.id, version: String(definition.version) })}
      </p>
    </>
  );
}
