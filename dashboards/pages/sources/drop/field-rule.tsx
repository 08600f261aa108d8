/** How one field is read: format of a time, unit of a duration, scale of a score, words for words. */

import { useState } from "react";
import type { ImportFields, MappingField, Preview } from "../../../api/uploads.ts";
import { useSite } from "../../../frame/context.ts";
import { choiceName, unitName } from "./drop-words.ts";
import { changed, columnsOf, type Rule } from "./mapping-draft.ts";
import { ValueWords } from "./value-words.tsx";
import { Choice } from "./what-it-is.tsx";

export interface FieldRuleProps {
  readonly field: MappingField;
  readonly rule: Rule;
  readonly preview: Preview;
  readonly known: ImportFields;
  readonly onRule: (rule: Rule | null) => void;
}

export function FieldRule(props: FieldRuleProps) {
  const { field, rule, onRule } = props;
  if (rule.constant !== undefined) return <FixedValue {...{ field, rule, onRule }} />;
  return (
    <>
      {field.is === "instant" && <TimeFormat {...props} />}
      {field.is === "seconds" && <DurationUnit {...props} />}
      {field.is === "score" && <ScoreScale {...{ rule, onRule }} />}
      {(field.is === "choice" || field.is === "flag" || rule.values !== undefined) && (
        <ValueWords {...props} />
      )}
    </>
  );
}

type Editing = Pick<FieldRuleProps, "rule" | "onRule">;

function FixedValue({ field, rule, onRule }: Editing & { field: MappingField }) {
  const { t } = useSite();
  const value = String(rule.constant);
  const words = field.is === "flag" ? ["yes", "no"] : field.of;
  const set = (constant: string) => onRule({ constant });
  return (
    <>
      {words.length > 0 ? (
        <Choice label={t("drop.fixed")} value={value} onChange={set}>
          {[...new Set([value, ...words])].map((word) => (
            <option key={word} value={word}>
              {choiceName(word, t)}
            </option>
          ))}
        </Choice>
      ) : (
        <label>
          <span>{t("drop.fixed")}</span>
          <input value={value} onChange={({ target }) => set(target.value)} />
        </label>
      )}
      <button type="button" className="quiet" onClick={() => onRule(null)}>
        {t("drop.removeFixed")}
      </button>
    </>
  );
}

const COMMON = [
  ...["iso", "yyyy-MM-dd HH:mm:ss", "yyyy/MM/dd HH:mm:ss", "dd.MM.yyyy HH:mm:ss"],
  ...["dd/MM/yyyy HH:mm", "MM/dd/yyyy hh:mm a", "yyyyMMddHHmmss", "epoch_seconds", "epoch_ms"],
];
const BETWEEN = " | ";
const TIME_UNITS = ["day_fraction", "excel_serial"];

const formatsIn = (text: string) => text.split("|").map((part) => part.trim());

/** Several formats are tried in order. */
function TimeFormat({ field, rule, preview, onRule }: FieldRuleProps) {
  const { t } = useSite();
  const [typed, setTyped] = useState("");
  const known = rule.formats?.join(BETWEEN) ?? rule.format ?? "iso";
  // Whoever types a space types what stands behind it next: it stays in the field till then.
  const text = formatsIn(typed).join(BETWEEN) === known ? typed : known;
  const found = columnsOf(rule).flatMap(
    (name) => preview.columns.find((column) => column.name === name)?.formats ?? [],
  );
  const list = `formats-${field.name}`;
  const write = (value: string) => {
    setTyped(value);
    const formats = formatsIn(value);
    const [only = ""] = formats;
    const change = formats.length > 1 ? { format: undefined, formats } : { format: only };
    onRule(changed(rule, { formats: undefined, ...change }));
  };
  return (
    <>
      {rule.unit !== "excel_serial" && (
        <label>
          <span>{t("drop.timeFormat")}</span>
          <input
            value={text}
            list={list}
            spellCheck={false}
            onChange={({ target }) => write(target.value)}
          />
          <datalist id={list}>
            {[...new Set([...found, ...COMMON])].map((format) => (
              <option key={format} value={format} />
            ))}
          </datalist>
        </label>
      )}
      <UnitOf {...{ rule, onRule }} units={TIME_UNITS} none={t("drop.unit.text")} />
    </>
  );
}

function DurationUnit({ rule, known, onRule }: FieldRuleProps) {
  const { t } = useSite();
  const units = known.units.filter((unit) => !["excel_serial", "seconds"].includes(unit));
  return <UnitOf {...{ rule, units, onRule }} none={t("drop.unit.seconds")} />;
}

interface UnitOfProps extends Editing {
  readonly units: readonly string[];
  /** What it is called where the mapping says no unit. */
  readonly none: string;
}

function UnitOf({ rule, units, none, onRule }: UnitOfProps) {
  const { t } = useSite();
  return (
    <label>
      <span>{t("drop.unitLabel")}</span>
      <select
        value={rule.unit === "seconds" ? "" : (rule.unit ?? "")}
        onChange={({ target }) => onRule(changed(rule, { unit: target.value || undefined }))}
      >
        <option value="">{none}</option>
        {units.map((unit) => (
          <option key={unit} value={unit}>
            {unitName(unit, t)}
          </option>
        ))}
      </select>
    </label>
  );
}

function ScoreScale({ rule, onRule }: Editing) {
  const { t } = useSite();
  const [low, high] = rule.scale ?? [1, 5];
  const set = (scale: readonly [number, number]) => onRule(changed(rule, { scale }));
  return (
    <label>
      <span>{t("drop.scale")}</span>
      <input
        type="number"
        aria-label={t("drop.scaleLow")}
        value={low}
        onChange={({ target }) => set([target.valueAsNumber || 0, high])}
      />
      –
      <input
        type="number"
        aria-label={t("drop.scaleHigh")}
        value={high}
        onChange={({ target }) => set([low, target.valueAsNumber || 0])}
      />
    </label>
  );
}
