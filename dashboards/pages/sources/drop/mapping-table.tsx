/** The first rows as they stand in the file, and above each column the field it is read for. */

import { useRef } from "react";
import type { Preview, RecordFields } from "../../../api/uploads.ts";
import { useSite } from "../../../frame/context.ts";
import { fieldName } from "./drop-words.ts";
import { assign, type Draft, fieldsOf } from "./mapping-draft.ts";

interface MappingTableProps {
  readonly preview: Preview;
  readonly record: RecordFields;
  readonly draft: Draft;
  readonly onDraft: (draft: Draft) => void;
}

const ROWS = 8;

export function MappingTable({ preview, record, draft, onDraft }: MappingTableProps) {
  const { t } = useSite();
  const { columns, rows } = preview;
  return (
    <section className="table mapping" aria-label={t("drop.columnsTitle")}>
      <table>
        <thead>
          <tr>
            {columns.map((column) => (
              <th key={column.name} scope="col">
                <ColumnFields {...{ column, columns, record, draft, onDraft }} />
                <span className="column-name">{column.name}</span>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.slice(0, ROWS).map((cells, row) => (
            // Rows of a file are known by their place alone.
            // biome-ignore lint/suspicious/noArrayIndexKey: see above
            <tr key={row}>
              {columns.map(({ name }, at) => (
                <td key={name}>{cells[at]}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

interface ColumnFieldsProps {
  readonly column: Preview["columns"][number];
  readonly columns: Preview["columns"];
  readonly record: RecordFields;
  readonly draft: Draft;
  readonly onDraft: (draft: Draft) => void;
}

/** A column is most often read for one field; a date may serve several times of day. */
function ColumnFields({ column, columns, record, draft, onDraft }: ColumnFieldsProps) {
  const { t } = useSite();
  const fields = fieldsOf(draft, column.name);
  // Arrow keys pass over the fields between: each is chosen from what stood when the list was reached, as
  // long as nothing else has changed the mapping since.
  const walk = useRef({ from: draft, to: draft });
  const reach = () => {
    walk.current = { from: draft, to: draft };
  };
  const choose = (from: string | null, name: string) => {
    const to = record.fields.find((field) => field.name === name) ?? null;
    onDraft(assign(draft, { column: column.name, from, to, columns }));
  };
  const chooseInstead = (place: number, name: string) => {
    if (walk.current.to !== draft) reach();
    const begun = walk.current.from;
    const to = record.fields.find((field) => field.name === name) ?? null;
    const from = fieldsOf(begun, column.name)[place] ?? null;
    const chosen = assign(begun, { column: column.name, from, to, columns });
    walk.current = { from: begun, to: chosen };
    onDraft(chosen);
  };
  const shown: (string | null)[] = fields.length === 0 ? [null] : [...fields];
  return (
    <>
      {shown.map((field, place) => (
        <select
          // By its place, or the list would be another one after each choice and lose the focus.
          // biome-ignore lint/suspicious/noArrayIndexKey: see above
          key={place}
          aria-label={t("drop.fieldOf", { column: column.name })}
          className={field === null ? undefined : "set"}
          value={field ?? ""}
          onFocus={reach}
          onChange={({ target }) => chooseInstead(place, target.value)}
        >
          <option value="">{t("drop.noField")}</option>
          {record.fields.map(({ name, required }) => (
            <option key={name} value={name} disabled={name !== field && fields.includes(name)}>
              {fieldName(name, t)}
              {required && " *"}
            </option>
          ))}
        </select>
      ))}
      {fields.length > 0 && (
        <select
          className="further"
          aria-label={t("drop.furtherField", { column: column.name })}
          value=""
          onChange={({ target }) => choose(null, target.value)}
        >
          <option value="">+</option>
          {record.fields
            .filter(({ name }) => !fields.includes(name))
            .map(({ name }) => (
              <option key={name} value={name}>
                {fieldName(name, t)}
              </option>
            ))}
        </select>
      )}
    </>
  );
}
