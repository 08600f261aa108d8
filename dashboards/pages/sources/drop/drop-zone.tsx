/** Where a file is dropped or chosen, and how much of it has been sent. */

import { useQuery } from "@tanstack/react-query";
import { type DragEvent, useEffect, useRef, useState } from "react";
import { ApiError } from "../../../api/client.ts";
import { bringFile, importFieldsQuery, type Upload } from "../../../api/uploads.ts";
import { useSite } from "../../../frame/context.ts";
import { problemOf } from "./drop-words.ts";
import { bytesText } from "./sizes.ts";

interface Sending {
  readonly name: string;
  readonly share: number;
  readonly stop: AbortController;
}

export function DropZone({ onBrought }: { onBrought: (upload: Upload) => void }) {
  const { t, formats } = useSite();
  const fields = useQuery(importFieldsQuery);
  const { sending, problem, send } = useSending(onBrought, fields.data?.mostBytes ?? null);
  const [over, setOver] = useState(false);
  const input = useRef<HTMLInputElement>(null);
  const drop = (event: DragEvent) => {
    event.preventDefault();
    setOver(false);
    const [file, second] = event.dataTransfer.files;
    if (file !== undefined) send(file, second !== undefined);
  };
  if (sending !== null) {
    return (
      <div className="drop-zone">
        <p>{t("drop.sending", { name: sending.name, share: formats.share(sending.share, 0) })}</p>
        <progress value={sending.share} max={1} aria-label={sending.name} />
        <button type="button" onClick={() => sending.stop.abort()}>
          {t("drop.stopSending")}
        </button>
      </div>
    );
  }
  return (
    <fieldset
      className={over ? "drop-zone over" : "drop-zone"}
      aria-label={t("drop.title")}
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={drop}
    >
      <p>{t("drop.here")}</p>
      <button type="button" onClick={() => input.current?.click()}>
        {t("drop.choose")}
      </button>
      <input
        ref={input}
        type="file"
        hidden
        aria-label={t("drop.choose")}
        onChange={({ target }) => {
          const file = target.files?.[0];
          if (file !== undefined) send(file, false);
          target.value = "";
        }}
      />
      <p className="hint">
        {t("drop.kinds")}
        {fields.data !== undefined &&
          ` ${t("drop.most", { size: bytesText(fields.data.mostBytes, formats) })}`}
      </p>
      {problem !== null && (
        <p className="problem" role="alert">
          {problem}
        </p>
      )}
    </fieldset>
  );
}

/** Sends one file at a time. One that is too large is not sent at all. */
function useSending(onBrought: (upload: Upload) => void, mostBytes: number | null) {
  const { t, formats } = useSite();
  const [sending, setSending] = useState<Sending | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const stopping = useRef<AbortController | null>(null);
  // A half-sent file is of no use to anybody once the page has gone.
  useEffect(() => () => stopping.current?.abort(), []);
  const send = (file: File, several: boolean) => {
    if (several) return setProblem(t("drop.oneFile"));
    if (mostBytes !== null && file.size > mostBytes) {
      return setProblem(t("drop.tooLarge", { size: bytesText(mostBytes, formats) }));
    }
    const stop = new AbortController();
    stopping.current = stop;
    setProblem(null);
    setSending({ name: file.name, share: 0, stop });
    const onSent = (share: number) =>
      setSending((now) => (now === null ? null : { ...now, share: Math.min(1, share) }));
    bringFile(file, { signal: stop.signal, onSent })
      .then(onBrought)
      .catch((error: Error) => {
        const stopped = error instanceof ApiError && error.code === "stopped";
        setProblem(stopped ? null : problemOf(error, t));
      })
      .finally(() => setSending(null));
  };
  return { sending, problem, send };
}
