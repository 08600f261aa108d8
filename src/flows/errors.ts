/** Refusals of a flow that are neither our mistake nor malformed input. `http/errors.ts` maps them. */

export type FlowErrorKind =
  | "not_found"
  | "conflict"
  | "forbidden"
  | "precondition"
  | "too_large"
  | "no_space";

export class FlowError extends Error {
  readonly kind: FlowErrorKind;
  /** Stable: what a program tells cases apart by. */
  readonly code: string;

  constructor(kind: FlowErrorKind, code: string, message: string) {
    super(message);
    this.name = "FlowError";
    this.kind = kind;
    this.code = code;
  }
}

export function notFound(code: string, message: string): FlowError {
  return new FlowError("not_found", code, message);
}

export function conflict(code: string, message: string): FlowError {
  return new FlowError("conflict", code, message);
}

export function forbidden(code: string, message: string): FlowError {
  return new FlowError("forbidden", code, message);
}
