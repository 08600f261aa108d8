/** Dropped files: brought with their progress, looked at, tried, imported. */

import { keepPreviousData, queryOptions } from "@tanstack/react-query";
import type { z } from "zod";
import type { Route } from "../../src/http/contract/route.ts";
import type * as uploads from "../../src/http/contract/uploads.ts";
import { ApiError, apiAddress, getJson, sendJson } from "./client.ts";
import type { Problem } from "./types.ts";

type ResponseOf<R extends Route> = z.output<R["response"]>;

export type Upload = ResponseOf<typeof uploads.takeUpload>;
export type ImportFields = ResponseOf<typeof uploads.importFields>;
export type Preview = ResponseOf<typeof uploads.previewUpload>;
export type Trial = ResponseOf<typeof uploads.tryUpload>;
export type ImportState = ResponseOf<typeof uploads.importOf>;
export type RecordFields = ImportFields["records"][number];
export type MappingField = RecordFields["fields"][number];
export type Fault = Trial["faults"][number];

/** How a file is to be read. */
export interface Reading {
  readonly format: string;
  readonly mapping: object | null;
  readonly zone: string | null;
  readonly encoding?: string;
}

export interface PreviewWish {
  readonly sheet?: string;
  readonly delimiter?: string;
  readonly encoding?: string;
}

interface BringWish {
  readonly signal: AbortSignal;
  /** The share that has been sent, 0 to 1. */
  readonly onSent: (share: number) => void;
}

/**
 * Brings a file. `fetch` cannot tell how much of a body has been sent, so this one is asked the old way.
 * Rejects with an ApiError; one of code `stopped` where the signal fired.
 */
export function bringFile(file: File, { signal, onSent }: BringWish): Promise<Upload> {
  const address = apiAddress("/uploads", { name: file.name });
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    const fail = (status: number, code: string) =>
      reject(new ApiError(address, { status, code, title: code }));
    request.upload.addEventListener("progress", ({ loaded, total }) => onSent(loaded / total));
    request.addEventListener("error", () => fail(0, "no_answer"));
    request.addEventListener("abort", () => fail(0, "stopped"));
    request.addEventListener("load", () => {
      const answer = parsedOrNull(request.responseText);
      if (request.status === 201) resolve(answer as Upload);
      else if (answer === null) fail(request.status, `http_${request.status}`);
      else reject(new ApiError(address, answer as Problem));
    });
    signal.addEventListener("abort", () => request.abort());
    request.open("POST", address);
    request.setRequestHeader("accept", "application/json");
    request.setRequestHeader("content-type", "application/octet-stream");
    request.send(file);
  });
}

function parsedOrNull(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

export const removeUpload = (id: string) => sendJson<null>("DELETE", `/uploads/${id}`);

export const startImport = (id: string, body: Reading & { readonly source: string }) =>
  sendJson<ImportState>("POST", `/uploads/${id}/import`, { body });

export const stopImport = (id: string) => sendJson<ImportState>("POST", `/imports/${id}/stop`);

export const importFieldsQuery = queryOptions({
  queryKey: ["import-fields"],
  queryFn: ({ signal }) => getJson<ImportFields>("/import-fields", {}, signal),
  staleTime: Number.POSITIVE_INFINITY,
});

export const previewQuery = (id: string, wish: PreviewWish) =>
  queryOptions({
    queryKey: ["preview", id, wish],
    queryFn: ({ signal }) => getJson<Preview>(`/uploads/${id}/preview`, { ...wish }, signal),
    placeholderData: keepPreviousData,
    staleTime: Number.POSITIVE_INFINITY,
  });

export const trialQuery = (id: string, reading: Reading) =>
  queryOptions({
    queryKey: ["trial", id, reading],
    queryFn: ({ signal }) =>
      sendJson<Trial>("POST", `/uploads/${id}/trial`, { body: reading, signal }),
    placeholderData: keepPreviousData,
    staleTime: Number.POSITIVE_INFINITY,
  });

const ASK_AGAIN_MS = 500;
export const isUnderWay = ({ state }: ImportState): boolean =>
  state === "running" || state === "waiting";

export const importQuery = (id: string) =>
  queryOptions({
    queryKey: ["import", id],
    queryFn: ({ signal }) => getJson<ImportState>(`/imports/${id}`, {}, signal),
    refetchInterval: ({ state }) =>
      state.data !== undefined && !isUnderWay(state.data) ? false : ASK_AGAIN_MS,
  });

const LIST_AGAIN_MS = 3000;

export const importsQuery = queryOptions({
  queryKey: ["imports"],
  queryFn: ({ signal }) => getJson<{ rows: ImportState[] }>("/imports", {}, signal),
  refetchInterval: ({ state }) => (state.data?.rows.some(isUnderWay) ? LIST_AGAIN_MS : false),
});
