/** What the file was taken for, and what of that can be said otherwise. */

import type { ReactNode } from "react";
import type { ImportFields, Preview, PreviewWish } from "../../../api/uploads.ts";
import { useSite } from "../../../frame/context.ts";
import { doubtWords, fieldName, formatName, recordName } from "./drop-words.ts";
import { type Draft, emptyDraft } from "./mapping-draft.ts";
import { bytesText } from "./sizes.ts";

interface WhatItIsProps {
  readonly preview: Preview;
  readonly known: ImportFields;
  readonly wish: PreviewWish;
  readonly setWish: (wish: PreviewWish) => void;
  readonly format: string;
  readonly draft: Draft;
  readonly onFormat: (format: string) => void;
  readonly onDraft: (draft: Draft) => void;
  /** The mapping of a source is taken. */
  readonly onSource: (name: string) => void;
  readonly onLeave: () => void;
}

export function WhatItIs(props: WhatItIsProps) {
  const { preview, known, format, draft, onFormat, onDraft, onSource, onLeave } = props;
  const { t, formats } = useSite();
  const { upload, sources, container, compressed } = preview;
  const isTable = format === "table";
  const choose = (record: string) => {
    const isBack = record === preview.mapping?.record;
    onDraft(isBack ? { ...draft, record } : keepShared(draft, record, known));
  };
  return (
    <section aria-label={t("drop.whatTitle")}>
      <h3>{upload.name}</h3>
      <p className="hint">
        {t("drop.what", {
          size: bytesText(upload.bytes, formats),
          kind: t(`drop.container.${container}`),
        })}
        {compressed && ` ${t("drop.compressed")}`}{" "}
        <button type="button" className="quiet" onClick={onLeave}>
          {t("drop.another")}
        </button>
      </p>
      <div className="drop-settings">
        <Choice label={t("drop.format")} value={format} onChange={onFormat}>
          {[...new Set([...known.formats, format])].map((name) => (
            <option key={name} value={name}>
              {formatName(name, t)}
            </option>
          ))}
        </Choice>
        {isTable && (
          <Choice label={t("drop.recordLabel")} value={draft.record} onChange={choose}>
            {known.records.map(({ name }) => (
              <option key={name} value={name}>
                {recordName(name, t)}
              </option>
            ))}
          </Choice>
        )}
        {sources.length > 0 && (
          <Choice label={t("drop.saved")} value="" onChange={onSource}>
            <option value="">{t("drop.savedNone")}</option>
            {sources.map(({ name }) => (
              <option key={name} value={name}>
                {name}
              </option>
            ))}
          </Choice>
        )}
        <HowItIsRead {...props} isTable={isTable} />
      </div>
      {isTable && <Notes preview={preview} />}
    </section>
  );
}

const DELIMITERS = [",", ";", "\t", "|"] as const;
const ENCODINGS = ["utf-8", "gb18030", "utf-16le", "utf-16be", "windows-1252", "big5"] as const;

/** Sheet, delimiter, encoding, decimal sign: where they were found out wrongly, or not at all. */
function HowItIsRead(props: WhatItIsProps & { readonly isTable: boolean }) {
  const { preview, wish, setWish, draft, onDraft, isTable } = props;
  const { t } = useSite();
  const { sheets, sheet, delimiter, encoding } = preview;
  return (
    <>
      {sheets.length > 1 && (
        <Choice
          label={t("drop.sheet")}
          value={sheet ?? ""}
          onChange={(name) => setWish({ ...wish, sheet: name })}
        >
          {sheets.map((name) => (
            <option key={name} value={name}>
              {name}
            </option>
          ))}
        </Choice>
      )}
      {delimiter !== null && isTable && (
        <Choice
          label={t("drop.delimiter")}
          value={delimiter}
          onChange={(sign) => setWish({ ...wish, delimiter: sign })}
        >
          {[...new Set([...DELIMITERS, delimiter])].map((sign) => (
            <option key={sign} value={sign}>
              {sign === "\t" ? t("drop.tab") : sign}
            </option>
          ))}
        </Choice>
      )}
      {encoding !== null && (
        <Choice
          label={t("drop.encoding")}
          value={encoding}
          onChange={(name) => setWish({ ...wish, encoding: name })}
        >
          {[...new Set([...ENCODINGS, encoding])].map((name) => (
            <option key={name}>{name}</option>
          ))}
        </Choice>
      )}
      {isTable && (
        <Choice
          label={t("drop.decimal")}
          value={draft.rest.decimal === "," ? "," : "."}
          onChange={(decimal) => onDraft({ ...draft, rest: { ...draft.rest, decimal } })}
        >
          <option value=".">1234.5</option>
          <option value=",">1234,5</option>
        </Choice>
      )}
    </>
  );
}

/** What is doubtful about the suggestion, or why there is none. */
function Notes({ preview }: { preview: Preview }) {
  const site = useSite();
  const { t } = site;
  const warnings = preview.fields.flatMap(({ field, warnings: all }) =>
    all.map((warning) => {
      const doubt = doubtWords(warning, site);
      return t("drop.doubt.ofField", { field: fieldName(field, t), doubt });
    }),
  );
  const notes = [...preview.notes.map((note) => doubtWords(note, site)), ...warnings];
  if (preview.mapping === null) return <p className="hint">{t("drop.noSuggestion")}</p>;
  if (notes.length === 0) return <p className="hint">{t("drop.suggested")}</p>;
  return (
    <>
      <p className="hint">{t("drop.suggestedDoubts")}</p>
      <ul className="drop-notes">
        {notes.map((note) => (
          <li key={note}>{note}</li>
        ))}
      </ul>
    </>
  );
}

interface ChoiceProps {
  readonly label: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly children: ReactNode;
}

export function Choice({ label, value, onChange, children }: ChoiceProps) {
  return (
    <label>
      <span>{label}</span>
      <select value={value} onChange={({ target }) => onChange(target.value)}>
        {children}
      </select>
    </label>
  );
}

/** Fields that both kinds of record have stay as they are. */
function keepShared(draft: Draft, record: string, known: ImportFields): Draft {
  const fields = known.records.find(({ name }) => name === record)?.fields ?? [];
  const names = new Set(fields.map(({ name }) => name));
  const rules = Object.entries(draft.rules).filter(([field]) => names.has(field));
  return { ...emptyDraft(record, draft.rest), rules: Object.fromEntries(rules) };
}
