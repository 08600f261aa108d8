/** Notes on days: a new one, and those of the period, which their makers change and delete. */

import { useId, useRef, useState } from "react";
import { type Annotation, type AnnotationWish, remove, save } from "../../api/notes.ts";
import { noteDays } from "../../charts/annotation-marks.ts";
import { useSite } from "../context.ts";
import { Drawer } from "../drawer.tsx";
import { addDays } from "../periods.ts";
import { useFilters } from "../use-filters.ts";
import { DeleteButton, FormEnd } from "./form-parts.tsx";
import { useAnnotations } from "./use-annotations.ts";
import { type UsedChange, useChange } from "./use-change.ts";

const LONGEST = 500;

export default function NoteDrawer({ onClose }: { onClose: () => void }) {
  const { t } = useSite();
  const drawer = useRef<HTMLElement>(null);
  const change = useChange("annotations");
  const [edited, setEdited] = useState<Annotation | null>(null);
  // A form of its own for each note, and a new one after each that was made.
  const [made, setMade] = useState(0);
  const finish = () => {
    setEdited(null);
    setMade(made + 1);
  };
  return (
    <Drawer title={t("notes.title")} drawer={drawer} onClose={onClose}>
      <NoteForm key={edited?.id ?? made} edited={edited} change={change} onDone={finish} />
      <NoteList change={change} onEdit={setEdited} />
    </Drawer>
  );
}

interface NoteFormProps {
  readonly edited: Annotation | null;
  readonly change: UsedChange;
  readonly onDone: () => void;
}

function NoteForm({ edited, change, onDone }: NoteFormProps) {
  const { t } = useSite();
  const shown = useLastShownDay();
  const [from, setFrom] = useState(edited?.from ?? shown);
  const [last, setLast] = useState(edited === null ? shown : addDays(edited.to, -1));
  const [text, setText] = useState(edited?.text ?? "");
  const [party, setParty] = useState(edited?.party?.id ?? "");
  const submit = async () => {
    const to = addDays(last < from ? from : last, 1);
    const wish: AnnotationWish = { from, to, text, party: party === "" ? null : party };
    if (await change.run(() => save("annotations", wish, edited))) onDone();
  };
  return (
    <form
      className="tool-form"
      onSubmit={(event) => {
        event.preventDefault();
        void submit();
      }}
    >
      <label>
        {t("notes.from")}
        <input
          type="date"
          required
          // biome-ignore lint/a11y/noAutofocus: what is to be changed was asked for by a button
          autoFocus={edited !== null}
          value={from}
          onChange={(event) => setFrom(event.target.value)}
        />
      </label>
      <label>
        {t("notes.last")}
        <input
          type="date"
          required
          min={from}
          value={last}
          onChange={(event) => setLast(event.target.value)}
        />
      </label>
      <TextField text={text} onChange={setText} />
      <PartyChoice party={party} onChange={setParty} />
      <FormEnd
        change={change}
        send={t(edited === null ? "notes.add" : "notes.save")}
        cancel={edited === null ? null : onDone}
      />
    </form>
  );
}

/** People mostly note what they see: the last day that is counted and shown; today where nothing is. */
function useLastShownDay(): string {
  const { dimensions } = useSite();
  const { period } = useFilters();
  const today = () =>
    new Intl.DateTimeFormat("sv-SE", { timeZone: dimensions.zone }).format(new Date());
  const counted = dimensions.lastDay ?? today();
  return period === null || counted < period.to ? counted : addDays(period.to, -1);
}

function TextField({ text, onChange }: { text: string; onChange: (text: string) => void }) {
  const { t } = useSite();
  // The label stands beside the field: around it, what is typed would be a part of its name.
  const id = useId();
  return (
    <div className="field whole">
      <label htmlFor={id}>{t("notes.text")}</label>
      <textarea
        id={id}
        dir="auto"
        rows={3}
        required
        maxLength={LONGEST}
        value={text}
        onChange={(event) => onChange(event.target.value)}
      />
    </div>
  );
}

/** Whoever sees everything may show a note to one party too; a party's own people have no choice. */
function PartyChoice({ party, onChange }: { party: string; onChange: (party: string) => void }) {
  const { t, session, dimensions } = useSite();
  const vendors = dimensions.parties.filter(({ kind }) => kind === "vendor");
  if (session.role === "vendor" || vendors.length === 0) return null;
  return (
    <label className="whole">
      {t("notes.seenBy")}
      <select value={party} onChange={(event) => onChange(event.target.value)}>
        <option value="">{t("notes.seenByAll")}</option>
        {vendors.map(({ id, name }) => (
          <option key={id} value={id}>
            {t("notes.seenByParty", { party: name })}
          </option>
        ))}
      </select>
    </label>
  );
}

interface NoteListProps {
  readonly change: UsedChange;
  readonly onEdit: (note: Annotation) => void;
}

function NoteList({ change, onEdit }: NoteListProps) {
  const { t, formats } = useSite();
  const notes = useAnnotations();
  if (notes.length === 0) return <p className="muted">{t("notes.none")}</p>;
  return (
    <ul className="tool-list" aria-label={t("notes.inPeriod")}>
      {notes.map((note) => (
        <li key={note.id}>
          <div>
            <b>{noteDays(note, formats)}</b> <bdi className="written">{note.text}</bdi>
            <p className="muted">
              {[note.by, note.party?.name].filter((part) => part != null).join(" · ")}
            </p>
          </div>
          {note.changeable && (
            <div className="buttons">
              <button type="button" className="quiet" onClick={() => onEdit(note)}>
                {t("notes.edit")}
              </button>
              <DeleteButton change={change} remove={() => remove("annotations", note.id)} />
            </div>
          )}
        </li>
      ))}
    </ul>
  );
}
