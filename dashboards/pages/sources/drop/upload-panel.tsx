/** A file that was brought: what it is, what its columns are, what would be taken, and its import. */

import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import {
  type ImportFields,
  importFieldsQuery,
  type Preview,
  type PreviewWish,
  previewQuery,
  removeUpload,
  trialQuery,
} from "../../../api/uploads.ts";
import { useSite } from "../../../frame/context.ts";
import { Loaded, Skeleton } from "../../../frame/states.tsx";
import { problemOf } from "./drop-words.ts";
import { FieldList } from "./field-list.tsx";
import { ImportForm } from "./import-form.tsx";
import { type Draft, draftOf, emptyDraft, mappingOf } from "./mapping-draft.ts";
import { MappingTable } from "./mapping-table.tsx";
import { TrialView } from "./trial-view.tsx";
import type { DropPlace } from "./use-place.ts";
import { useSettled } from "./use-settled.ts";
import { WhatItIs } from "./what-it-is.tsx";

interface UploadPanelProps {
  readonly id: string;
  readonly go: (place: DropPlace) => void;
}

export function UploadPanel({ id, go }: UploadPanelProps) {
  const { t } = useSite();
  const [wish, setWish] = useState<PreviewWish>({});
  const fields = useQuery(importFieldsQuery);
  const preview = useQuery(previewQuery(id, wish));
  const leave = () => {
    void removeUpload(id).catch(() => undefined);
    go({ at: "start" });
  };
  if (preview.error !== null && preview.data === undefined) {
    return (
      <div className="state failed" role="alert">
        <p>
          <b>{t("drop.unreadable")}</b>
        </p>
        <p className="muted">{problemOf(preview.error, t)}</p>
        {Object.keys(wish).length > 0 && (
          <button type="button" onClick={() => setWish({})}>
            {t("drop.asBefore")}
          </button>
        )}
        <button type="button" onClick={leave}>
          {t("drop.another")}
        </button>
      </div>
    );
  }
  if (preview.data === undefined) return <Skeleton height={320} />;
  const shown = preview.data;
  return (
    <Loaded query={fields} what={t("drop.title")} height={320}>
      {(known) => (
        <ReadingPanel
          // Another sheet is another table: what was put right for the last one is not for this.
          key={JSON.stringify([shown.sheet, shown.delimiter, shown.encoding, shown.upload.id])}
          {...{ preview: shown, known, wish, setWish, leave, go }}
        />
      )}
    </Loaded>
  );
}

interface ReadingPanelProps {
  readonly preview: Preview;
  readonly known: ImportFields;
  readonly wish: PreviewWish;
  readonly setWish: (wish: PreviewWish) => void;
  readonly leave: () => void;
  readonly go: (place: DropPlace) => void;
}

const SETTLED_MS = 250;

function ReadingPanel({ preview, known, wish, setWish, leave, go }: ReadingPanelProps) {
  const { t, dimensions } = useSite();
  const [format, setFormat] = useState(preview.format);
  const [draft, setDraft] = useState(() => firstDraft(preview, wish));
  const [zone, setZone] = useState(() => zoneOf(preview) ?? dimensions.zone);
  const [source, setSource] = useState(() => sourceName(preview.upload.name));
  const isTable = format === "table";
  const reading = {
    format,
    mapping: isTable ? mappingOf(draft, zone) : null,
    zone: zone === "" ? null : zone,
    ...(wish.encoding === undefined ? {} : { encoding: wish.encoding }),
  };
  const settled = useSettled(reading, SETTLED_MS);
  const trial = useQuery(trialQuery(preview.upload.id, settled));
  // What is imported is what was tried, to the letter.
  const isTried = JSON.stringify(settled) === JSON.stringify(reading) && !trial.isPlaceholderData;
  const record = known.records.find(({ name }) => name === draft.record);
  const take = (name: string) => {
    const saved = preview.sources.find((one) => one.name === name);
    if (saved === undefined) return;
    setFormat(saved.format);
    if (saved.mapping !== null && saved.format === "table") setDraft(draftOf(saved.mapping));
    setZone(saved.zone);
    setSource(saved.name);
  };
  return (
    <div className="drop-steps">
      <WhatItIs
        {...{ preview, known, wish, setWish, format, draft }}
        onFormat={setFormat}
        onDraft={setDraft}
        onSource={take}
        onLeave={leave}
      />
      {isTable && record !== undefined && (
        <section aria-label={t("drop.columnsTitle")}>
          <h3>{t("drop.columnsTitle")}</h3>
          <p className="hint">{t("drop.columnsHint")}</p>
          <MappingTable {...{ preview, record, draft }} onDraft={setDraft} />
          <FieldList
            {...{ preview, record, known, draft }}
            trial={trial.data ?? null}
            onDraft={setDraft}
          />
        </section>
      )}
      <section aria-label={t("drop.trialTitle")}>
        <h3>{t("drop.trialTitle")}</h3>
        <Loaded query={trial} what={t("drop.trialTitle")} height={160}>
          {(data) => <TrialView trial={data} draft={draft} />}
        </Loaded>
      </section>
      <ImportForm
        {...{ preview, reading, zone, source, go }}
        ready={trial.data !== undefined && isTried && isReady(trial.data)}
        onZone={setZone}
        onSource={setSource}
      />
    </div>
  );
}

const isReady = ({ faults, taken }: { faults: readonly unknown[]; taken: number }) =>
  faults.length === 0 && taken > 0;

/** The suggestion, or a mapping without any field where there is none. */
function firstDraft(preview: Preview, wish: PreviewWish): Draft {
  const { mapping, container, sheets, sheet } = preview;
  if (mapping !== null) return draftOf(mapping);
  return emptyDraft("contact", {
    ...(container === "json_lines" ? { layout: "json_lines" } : {}),
    ...(sheets.length > 1 && sheet !== null ? { sheet } : {}),
    ...(wish.delimiter === undefined ? {} : { delimiter: wish.delimiter }),
  });
}

function zoneOf({ zone, mapping }: Preview): string | null {
  if (zone !== null) return zone;
  return typeof mapping?.zone === "string" ? mapping.zone : null;
}

/** `calls 2026-03.csv.gz` is of the source `calls 2026-03`. */
const sourceName = (file: string): string => file.replace(/(\.[a-z]\w{0,7}){1,2}$/i, "") || file;
