/** The fields of the record: from which columns, how they are read, and what is wrong with that. */

import type {
  ImportFields,
  MappingField,
  Preview,
  RecordFields,
  Trial,
} from "../../../api/uploads.ts";
import { useSite } from "../../../frame/context.ts";
import { faultWords, fieldName } from "./drop-words.ts";
import { FieldRule } from "./field-rule.tsx";
import {
  columnsOf,
  type Draft,
  fieldOfPath,
  fieldOfReject,
  type Rule,
  withRule,
} from "./mapping-draft.ts";

interface FieldListProps {
  readonly preview: Preview;
  readonly record: RecordFields;
  readonly known: ImportFields;
  readonly draft: Draft;
  /** As last tried; null before the first time. */
  readonly trial: Trial | null;
  readonly onDraft: (draft: Draft) => void;
}

export function FieldList({ preview, record, known, draft, trial, onDraft }: FieldListProps) {
  const { t } = useSite();
  const listed = record.fields.filter(({ name, required }) => required || draft.rules[name]);
  const others = record.fields.filter((field) => !listed.includes(field) && !field.beside);
  const fix = (name: string) => {
    const field = record.fields.find((one) => one.name === name);
    if (field !== undefined) onDraft(withRule(draft, name, { constant: field.of[0] ?? "" }));
  };
  return (
    <>
      <ul className="drop-fields" aria-label={t("drop.fieldsTitle")}>
        {listed.map((field) => (
          <FieldRow
            key={field.name}
            {...{ field, preview, known, draft, trial }}
            onRule={(rule) => onDraft(withRule(draft, field.name, rule))}
            onDraft={onDraft}
          />
        ))}
      </ul>
      <label className="drop-fixed">
        <span>{t("drop.addFixed")}</span>
        <select value="" onChange={({ target }) => fix(target.value)}>
          <option value="">{t("drop.chooseField")}</option>
          {others.map(({ name }) => (
            <option key={name} value={name}>
              {fieldName(name, t)}
            </option>
          ))}
        </select>
      </label>
    </>
  );
}

interface FieldRowProps {
  readonly field: MappingField;
  readonly preview: Preview;
  readonly known: ImportFields;
  readonly draft: Draft;
  readonly trial: Trial | null;
  readonly onRule: (rule: Rule | null) => void;
  readonly onDraft: (draft: Draft) => void;
}

function FieldRow({ field, preview, known, draft, trial, onRule, onDraft }: FieldRowProps) {
  const { t, formats } = useSite();
  const rule = draft.rules[field.name];
  const faults = (trial?.faults ?? []).filter((fault) => isAbout(fault, field.name, rule));
  const rejected = (trial?.reasons ?? [])
    .filter((reason) => fieldOfReject(reason.field, draft) === field.name)
    .reduce((sum, { count }) => sum + count, 0);
  return (
    <li className={faults.length > 0 || rule === undefined ? "wrong" : undefined}>
      <b>
        {fieldName(field.name, t)}
        {field.required && " *"}
      </b>
      <span className="from">{fromWords(rule)}</span>
      {rule === undefined ? (
        <span className="warning">{t("drop.needed")}</span>
      ) : (
        <FieldRule {...{ field, rule, preview, known, onRule }} />
      )}
      {field.name === "resolvedOutcome" && rule !== undefined && (
        <label>
          <span>{t("drop.action")}</span>
          <input
            value={draft.action}
            onChange={({ target }) => onDraft({ ...draft, action: target.value })}
          />
        </label>
      )}
      {faults.map((fault) => (
        <span key={`${fault.path} ${fault.code} ${fault.value}`} className="warning" role="alert">
          {faultWords(fault, t)}
        </span>
      ))}
      {rejected > 0 && (
        <span className="warning">
          {t("drop.rowsNot", { count: rejected, shown: formats.number(rejected) })}
        </span>
      )}
    </li>
  );
}

/** A column that is not there is told by its name, all else by the field's path. */
function isAbout(fault: Trial["faults"][number], field: string, rule: Rule | undefined): boolean {
  if (fieldOfPath(fault.path) === field) return rule !== undefined;
  const isMissing = fault.code === "missing_column" && rule !== undefined;
  return isMissing && columnsOf(rule).includes(fault.value ?? "");
}

function fromWords(rule: Rule | undefined): string {
  return rule === undefined ? "" : columnsOf(rule).join(" + ");
}
