/** The one table from errors to HTTP, as problem documents (RFC 9457). */

import { InputError } from "../domain/shared/errors.ts";
import { FlowError, type FlowErrorKind } from "../flows/errors.ts";
import type { Problem } from "./contract/route.ts";

/** Refusals that only HTTP knows of. */
export class HttpError extends Error {
  readonly status: number;
  readonly code: string;
  /** Where asking again later may help. */
  readonly retryAfterSeconds: number | undefined;

  constructor(status: number, code: string, message: string, retryAfterSeconds?: number) {
    super(message);
    this.status = status;
    this.code = code;
    this.retryAfterSeconds = retryAfterSeconds;
  }
}

const STATUS: Readonly<Record<FlowErrorKind, number>> = {
  not_found: 404,
  conflict: 409,
  forbidden: 403,
  precondition: 412,
  too_large: 413,
  no_space: 507,
};

const TITLES: Readonly<Record<number, string>> = {
  400: "Bad request",
  401: "Not signed in",
  403: "Not allowed",
  404: "Not found",
  406: "Not acceptable",
  409: "Conflict",
  412: "Precondition failed",
  413: "Too large",
  415: "Unsupported media type",
  422: "Cannot be processed",
  428: "Precondition required",
  429: "Too many attempts",
  500: "Internal error",
  507: "No space left",
};

/** The problem document of an error. Our own mistakes tell nothing but that they happened. */
export function problemOf(error: unknown): Problem {
  if (error instanceof InputError) {
    const faults = error.faults.map(({ code, path, value, expected }) => ({
      code,
      path,
      ...(value === undefined ? {} : { value: shownValue(value) }),
      ...(expected === undefined ? {} : { expected }),
    }));
    return { ...basics(400, error.code, error.message), faults };
  }
  if (error instanceof FlowError) return basics(STATUS[error.kind], error.code, error.message);
  if (error instanceof HttpError) return basics(error.status, error.code, error.message);
  // Express and its body parser mark the client's mistakes with a status below 500.
  const { status, type } = error as { status?: unknown; type?: unknown };
  if (typeof status === "number" && status >= 400 && status < 500) {
    return basics(status, typeof type === "string" ? type.replaceAll(".", "_") : "bad_request", "");
  }
  return basics(500, "internal_error", "");
}

const LONGEST_VALUE = 200;

/** The value as far as it helps: a body that is too long is not sent back whole. */
function shownValue(value: unknown): unknown {
  if (typeof value === "bigint") return value.toString();
  const text = typeof value === "string" ? value : JSON.stringify(value);
  if (text === undefined || text.length <= LONGEST_VALUE) return value;
  return `${text.slice(0, LONGEST_VALUE)}…`;
}

function basics(status: number, code: string, detail: string): Problem {
  const title = TITLES[status] ?? "Error";
  return { type: "about:blank", title, status, code, ...(detail === "" ? {} : { detail }) };
}
