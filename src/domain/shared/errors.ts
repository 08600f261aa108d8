/**
 * Two kinds of wrong. `invariant` is for our own mistakes: it throws and nobody catches it below the
 * rim. `InputError` is for theirs: it carries a stable code, the path of the faulty field and its value,
 * and reads "invalid targetWaitSeconds: -3, expected a number above 0".
 */

/** One fault of an input. `path` names the field, `line` the line of a file where there is one. */
export interface Fault {
  readonly code: string;
  readonly path: string;
  readonly value?: unknown;
  readonly expected?: string;
  readonly line?: number;
}

/** Bad input from outside. Holds every fault found, never only the first. */
export class InputError extends Error {
  readonly faults: readonly Fault[];

  constructor(faults: readonly Fault[], options?: { cause?: unknown }) {
    super(faults.map(faultText).join("\n"), options);
    this.name = "InputError";
    this.faults = faults;
  }

  /** The code of the first fault: what scripts and HTTP clients tell cases apart by. */
  get code(): string {
    return this.faults[0]?.code ?? "invalid_input";
  }
}

/** One fault as a sentence: the field, the value, what was expected. */
export function faultText(fault: Fault): string {
  const where = fault.line === undefined ? "" : `line ${fault.line}: `;
  const value = fault.value === undefined ? "" : `: ${shown(fault.value)}`;
  const expected = fault.expected === undefined ? "" : `, expected ${fault.expected}`;
  return `${where}invalid ${fault.path}${value}${expected}`;
}

/** An InputError with a single fault. */
export function inputError(fault: Fault, options?: { cause?: unknown }): InputError {
  return new InputError([fault], options);
}

/** Our own mistake: throws when `condition` does not hold. */
export function invariant(condition: unknown, message: string): asserts condition {
  if (!condition) throw new Error(`invariant broken: ${message}`);
}

function shown(value: unknown): string {
  const text = typeof value === "string" ? value : (JSON.stringify(value) ?? String(value));
  return text.length > 120 ? `${text.slice(0, 117)}...` : text;
}
