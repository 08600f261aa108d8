/** One way to ask the API: the session's cookie, JSON, and problem documents as errors. */

import type { Problem } from "./types.ts";

/** An answer that was not a success. `status` 0: no answer came at all. */
export class ApiError extends Error {
  readonly status: number;
  readonly code: string;
  readonly detail: string | undefined;
  readonly path: string;

  constructor(path: string, problem: Pick<Problem, "status" | "code" | "title" | "detail">) {
    super(problem.title);
    this.name = "ApiError";
    this.path = path;
    this.status = problem.status;
    this.code = problem.code;
    this.detail = problem.detail;
  }
}

/** The page's language, which need not be the browser's: answers write pseudonyms in it. */
export const asked = { language: "en" };

type QueryValue = string | number | undefined;

/** `/api/v1` and the path with those parameters that are set, in the order given. */
export function apiAddress(path: string, query: Readonly<Record<string, unknown>> = {}): string {
  const parameters = new URLSearchParams();
  for (const [name, value] of Object.entries(query) as [string, QueryValue][]) {
    if (value !== undefined && value !== "") parameters.set(name, String(value));
  }
  const text = parameters.toString();
  return `/api/v1${path}${text === "" ? "" : `?${text}`}`;
}

async function problemOf(path: string, response: Response): Promise<ApiError> {
  const fallback = {
    status: response.status,
    code: `http_${response.status}`,
    title: response.statusText,
  };
  const body: unknown = await response.json().catch(() => undefined);
  if (typeof body !== "object" || body === null) return new ApiError(path, fallback);
  return new ApiError(path, { ...fallback, ...(body as Partial<Problem>) });
}

/** GET of a contract route. Rejects with an ApiError, also when no answer came. */
export async function getJson<Shape>(
  path: string,
  query: Readonly<Record<string, unknown>> = {},
  signal?: AbortSignal,
): Promise<Shape> {
  const response = await request(apiAddress(path, query), "application/json", signal);
  return (await response.json()) as Shape;
}

/** The same rows as a file the viewer can keep. */
export async function getCsv(path: string, query: Readonly<Record<string, unknown>>) {
  const response = await request(apiAddress(path, query), "text/csv");
  return response.blob();
}

export const ARROW = "application/vnd.apache.arrow.stream";

/** The same rows with their types kept, for programs. */
export async function getArrow(path: string, query: Readonly<Record<string, unknown>>) {
  const response = await request(apiAddress(path, query), ARROW);
  return response.blob();
}

/** Every page of a list that comes in pages, each as the bytes of that type. */
export async function getPages(
  path: string,
  query: Readonly<Record<string, unknown>>,
  accept: "text/csv" | typeof ARROW,
): Promise<Uint8Array<ArrayBuffer>[]> {
  const pages: Uint8Array<ArrayBuffer>[] = [];
  let address: string | undefined = apiAddress(path, query);
  while (address !== undefined) {
    const response: Response = await request(address, accept);
    pages.push(new Uint8Array(await response.arrayBuffer()));
    // The next page's address stands in a header (RFC 8288), as a file has no room for it.
    address = /<([^>]+)>; rel="next"/.exec(response.headers.get("link") ?? "")?.[1];
  }
  return pages;
}

/** What is changed, and the version that was looked at where the route wants `If-Match`. */
export interface Change {
  readonly body?: unknown;
  readonly etag?: string;
  readonly signal?: AbortSignal;
}

/** A writing contract route. Rejects with an ApiError, also when no answer came. */
export async function sendJson<Shape>(
  method: "POST" | "PUT" | "PATCH" | "DELETE",
  path: string,
  { body, etag, signal }: Change = {},
): Promise<Shape> {
  const headers = new Headers({ accept: "application/json" });
  if (body !== undefined) headers.set("content-type", "application/json");
  if (etag !== undefined) headers.set("if-match", etag);
  const response = await answerOf(apiAddress(path), {
    method,
    headers,
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    ...(signal === undefined ? {} : { signal }),
  });
  return (response.status === 204 ? null : await response.json()) as Shape;
}

const request = (address: string, accept: string, signal?: AbortSignal): Promise<Response> =>
  answerOf(address, { headers: { accept }, ...(signal === undefined ? {} : { signal }) });

async function answerOf(address: string, wish: RequestInit): Promise<Response> {
  let response: Response;
  try {
    const headers = new Headers(wish.headers);
    headers.set("accept-language", asked.language);
    response = await fetch(address, { credentials: "same-origin", ...wish, headers });
  } catch (cause) {
    if (wish.signal?.aborted) throw cause;
    throw new ApiError(address, { status: 0, code: "no_answer", title: String(cause) });
  }
  if (!response.ok) throw await problemOf(address, response);
  return response;
}
