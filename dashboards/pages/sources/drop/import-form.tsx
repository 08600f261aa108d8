/** Under which source the rows go in, in which zone their times are, and the mapping as a file. */

import { useMutation } from "@tanstack/react-query";
import { type FormEvent, useId } from "react";
import { type Preview, type Reading, startImport } from "../../../api/uploads.ts";
import { useSite } from "../../../frame/context.ts";
import { saveFile } from "../../../frame/download.ts";
import { problemOf } from "./drop-words.ts";
import type { DropPlace } from "./use-place.ts";

interface ImportFormProps {
  readonly preview: Preview;
  readonly reading: Reading;
  readonly zone: string;
  readonly source: string;
  /** Something would be taken, and nothing is wrong with the mapping. */
  readonly ready: boolean;
  readonly onZone: (zone: string) => void;
  readonly onSource: (source: string) => void;
  readonly go: (place: DropPlace) => void;
}

export function ImportForm(props: ImportFormProps) {
  const { preview, reading, zone, source, ready, onZone, onSource, go } = props;
  const { t } = useSite();
  const ids = useId();
  const started = useMutation({
    mutationFn: () => startImport(preview.upload.id, { ...reading, source: source.trim() }),
    onSuccess: ({ id }) => go({ at: "import", id }),
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    started.mutate();
  };
  const known = preview.sources.find(({ name }) => name === source.trim());
  return (
    <form className="drop-import" onSubmit={submit} aria-label={t("drop.importTitle")}>
      <h3>{t("drop.importTitle")}</h3>
      <div className="drop-settings">
        <label>
          <span>{t("drop.source")}</span>
          <input
            required
            maxLength={100}
            value={source}
            list={`${ids}-sources`}
            onChange={({ target }) => onSource(target.value)}
          />
          <datalist id={`${ids}-sources`}>
            {preview.sources.map(({ name }) => (
              <option key={name} value={name} />
            ))}
          </datalist>
        </label>
        <label>
          <span>{t("drop.zone")}</span>
          <input
            required
            value={zone}
            list={`${ids}-zones`}
            spellCheck={false}
            onChange={({ target }) => onZone(target.value)}
          />
          <datalist id={`${ids}-zones`}>
            {ZONES.map((name) => (
              <option key={name} value={name} />
            ))}
          </datalist>
        </label>
      </div>
      <p className="hint">{t(known === undefined ? "drop.sourceHint" : "drop.sourceKnown")}</p>
      <div className="drop-actions">
        <button type="submit" className="main" disabled={!ready || started.isPending}>
          {t("drop.import")}
        </button>
        {reading.mapping !== null && (
          <button type="button" onClick={() => saveMapping(reading.mapping ?? {}, source)}>
            {t("drop.saveMapping")}
          </button>
        )}
      </div>
      {started.error !== null && (
        <p className="problem" role="alert">
          {problemOf(started.error, t)}
        </p>
      )}
    </form>
  );
}

const ZONES: readonly string[] = ["UTC", ...Intl.supportedValuesOf("timeZone")];

/** The file that `muster import --map` takes. */
function saveMapping(mapping: object, source: string): void {
  const text = `${JSON.stringify(mapping, null, 2)}\n`;
  const name = source.trim().replaceAll(/[\\/:*?"<>|]/g, "_") || "mapping";
  saveFile(new Blob([text], { type: "application/json" }), `${name}.json`);
}
