/** A threshold's fields: metric, which side of which value, over how many days, for whom. */

import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { save, type Threshold, type ThresholdGroup, type ThresholdWish } from "../../api/notes.ts";
import { definitionsQuery } from "../../api/queries.ts";
import type { MetricDefinition } from "../../api/types.ts";
import { useSite } from "../context.ts";
import { filterWords } from "../filter-words.ts";
import { useFilters } from "../use-filters.ts";
import { FormEnd } from "./form-parts.tsx";
import type { UsedChange } from "./use-change.ts";

const FIRST_METRIC = "serviceLevel";
const FIRST_DAYS = 7;
const MOST_DAYS = 366;
const PER_CENT = 100;
const GROUPS: readonly ThresholdGroup[] = ["party", "team", "queue", "channel"];
const NO_FILTER: Threshold["filter"] = { party: [], team: [], queue: [], channel: [] };

interface ThresholdFormProps {
  readonly edited: Threshold | null;
  readonly change: UsedChange;
  readonly onDone: () => void;
}

/** What stands in the fields: the value as it is typed, shares in per cent. */
interface Fields {
  readonly metric: string;
  readonly direction: Threshold["direction"];
  readonly value: string;
  readonly days: string;
  readonly grouping: ThresholdGroup | "";
}

export function ThresholdForm(props: ThresholdFormProps) {
  const { data } = useQuery(definitionsQuery);
  if (data === undefined) return null;
  return <Form {...props} definitions={data.definitions} />;
}

type FormProps = ThresholdFormProps & { readonly definitions: readonly MetricDefinition[] };

/** 0.8 of a share is typed as 80; the rounding takes off what binary fractions add. */
const scaleOf = (definitions: readonly MetricDefinition[], metric: string): number =>
  definitions.find(({ id }) => id === metric)?.unit === "share" ? PER_CENT : 1;
const tidy = (value: number): number => Number(value.toPrecision(12));

function fieldsOf(edited: Threshold | null, definitions: readonly MetricDefinition[]): Fields {
  if (edited === null) {
    const first = { metric: FIRST_METRIC, direction: "below", value: "" } as const;
    return { ...first, days: String(FIRST_DAYS), grouping: "" };
  }
  const { metric, direction, value, days, grouping } = edited;
  const typed = String(tidy(value * scaleOf(definitions, metric)));
  return { metric, direction, value: typed, days: String(days), grouping: grouping ?? "" };
}

function Form({ edited, change, onDone, definitions }: FormProps) {
  const { t } = useSite();
  const { filters } = useFilters();
  const [fields, setFields] = useState(() => fieldsOf(edited, definitions));
  const [filter, setFilter] = useState(edited?.filter ?? NO_FILTER);
  const submit = async () => {
    const { metric, direction, grouping } = fields;
    const wish: ThresholdWish = {
      ...{ metric, direction, filter },
      value: tidy(Number(fields.value) / scaleOf(definitions, metric)),
      days: Number(fields.days),
      grouping: grouping === "" ? null : grouping,
    };
    if (await change.run(() => save("thresholds", wish, edited))) onDone();
  };
  return (
    <form
      className="tool-form"
      onSubmit={(event) => {
        event.preventDefault();
        void submit();
      }}
    >
      <FigureFields {...{ fields, setFields, definitions }} isEdited={edited !== null} />
      <ScopeFields {...{ fields, setFields }} />
      <FilterChoice chosen={filters.chosen as Threshold["filter"]} {...{ filter, setFilter }} />
      <FormEnd
        change={change}
        send={t(edited === null ? "thresholds.add" : "notes.save")}
        cancel={edited === null ? null : onDone}
      />
    </form>
  );
}

interface FieldsProps {
  readonly fields: Fields;
  readonly setFields: (fields: Fields) => void;
}

interface FigureFieldsProps extends FieldsProps {
  readonly definitions: readonly MetricDefinition[];
  readonly isEdited: boolean;
}

function FigureFields({ fields, setFields, definitions, isEdited }: FigureFieldsProps) {
  const { t, language } = useSite();
  const unit = definitions.find(({ id }) => id === fields.metric)?.unit ?? "";
  return (
    <>
      <label className="whole">
        {t("thresholds.metric")}
        <select
          // biome-ignore lint/a11y/noAutofocus: what is to be changed was asked for by a button
          autoFocus={isEdited}
          value={fields.metric}
          onChange={(event) => setFields({ ...fields, metric: event.target.value })}
        >
          {definitions.map(({ id, name }) => (
            <option key={id} value={id}>
              {name[language]}
            </option>
          ))}
        </select>
      </label>
      <label>
        {t("thresholds.direction")}
        <select
          value={fields.direction}
          onChange={(event) =>
            setFields({ ...fields, direction: event.target.value as Fields["direction"] })
          }
        >
          <option value="above">{t("thresholds.above")}</option>
          <option value="below">{t("thresholds.below")}</option>
        </select>
      </label>
      <label>
        {t("thresholds.value", { unit: unit === "share" ? "%" : unit })}
        <input
          type="number"
          step="any"
          required
          value={fields.value}
          onChange={(event) => setFields({ ...fields, value: event.target.value })}
        />
      </label>
    </>
  );
}

function ScopeFields({ fields, setFields }: FieldsProps) {
  const { t } = useSite();
  return (
    <>
      <label>
        {t("thresholds.days")}
        <input
          type="number"
          min={1}
          max={MOST_DAYS}
          step={1}
          required
          value={fields.days}
          onChange={(event) => setFields({ ...fields, days: event.target.value })}
        />
      </label>
      <label>
        {t("thresholds.grouping")}
        <select
          value={fields.grouping}
          onChange={(event) =>
            setFields({ ...fields, grouping: event.target.value as Fields["grouping"] })
          }
        >
          <option value="">{t("thresholds.together")}</option>
          {GROUPS.map((group) => (
            <option key={group} value={group}>
              {t(`thresholds.each.${group}`)}
            </option>
          ))}
        </select>
      </label>
    </>
  );
}

interface FilterChoiceProps {
  /** What the filter bar has chosen. */
  readonly chosen: Threshold["filter"];
  readonly filter: Threshold["filter"];
  readonly setFilter: (filter: Threshold["filter"]) => void;
}

/** Which contacts it looks at: taken from the filter bar, or all. */
function FilterChoice({ chosen, filter, setFilter }: FilterChoiceProps) {
  const site = useSite();
  const { t } = site;
  const words = filterWords(filter, site);
  const { party, team, queue, channel } = chosen;
  return (
    <div className="whole filter-choice">
      <span>
        {words.length === 0 ? t("thresholds.noFilter") : words.join(t("print.separator"))}
      </span>
      <button
        type="button"
        className="quiet"
        onClick={() => setFilter({ party, team, queue, channel })}
      >
        {t("thresholds.takeFilter")}
      </button>
      {words.length > 0 && (
        <button type="button" className="quiet" onClick={() => setFilter(NO_FILTER)}>
          {t("filter.clear")}
        </button>
      )}
    </div>
  );
}
