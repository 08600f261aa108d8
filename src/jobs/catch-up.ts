/**
 * What to do with the slots that are due: which one runs now, and which are written down as missed.
 * Pure. It is asked again after each run, so it never names more than one slot to run.
 *
 * The rules, by how much a late run is worth:
 * - `latest`: one run makes up for all. The latest slot runs, the earlier ones are missed.
 * - `each`: every slot has work of its own. The earliest runs, the others wait their turn.
 * - `record_missed`: a late run is worth nothing, the next slot comes soon. Late slots are missed.
 *
 * A run whose owner died goes again under its own slot: for `each` always, for `latest` while no
 * later slot has taken its place, for `record_missed` never; after `MOST_ATTEMPTS` no more, or a
 * job that kills its process would do so for ever.
 */

export type CatchUp = "latest" | "each" | "record_missed";

export const MOST_ATTEMPTS = 3;

/** A run that was cut off. Times in milliseconds. */
export interface CutOff {
  readonly slot: number;
  readonly attempts: number;
}

export interface Due {
  readonly rule: CatchUp;
  /** Slots with no row in the ledger, ascending. */
  readonly slots: readonly number[];
  /** Interrupted rows of the timetable, ascending by slot. By-hand runs are not among them. */
  readonly cutOff: readonly CutOff[];
  /** The latest slot in the ledger, whatever became of it; null where there is none. */
  readonly lastSlot: number | null;
  readonly now: number;
  /** A slot this much later or less is still on time. */
  readonly graceSeconds: number;
}

export interface Decision {
  readonly run: { readonly slot: number; readonly reason: "scheduled" | "catch_up" } | null;
  readonly missed: readonly number[];
}

export function decide(due: Due): Decision {
  if (due.rule === "each") return decideEach(due);
  const latest = due.slots.at(-1);
  if (latest === undefined) return { run: againOf(due), missed: [] };
  if (due.rule === "record_missed" && !onTime(due, latest)) {
    return { run: null, missed: due.slots };
  }
  return { run: runOf(due, latest), missed: due.slots.slice(0, -1) };
}

function decideEach(due: Due): Decision {
  const again = due.cutOff.find((run) => run.attempts < MOST_ATTEMPTS);
  if (again !== undefined) return { run: { slot: again.slot, reason: "catch_up" }, missed: [] };
  const first = due.slots[0];
  return { run: first === undefined ? null : runOf(due, first), missed: [] };
}

function againOf(due: Due): Decision["run"] {
  const last = due.cutOff.at(-1);
  const again =
    due.rule === "latest" &&
    last !== undefined &&
    last.slot === due.lastSlot &&
    last.attempts < MOST_ATTEMPTS;
  return again ? { slot: last.slot, reason: "catch_up" } : null;
}

function runOf(due: Due, slot: number): Decision["run"] {
  return { slot, reason: onTime(due, slot) ? "scheduled" : "catch_up" };
}

function onTime(due: Due, slot: number): boolean {
  return due.now - slot <= due.graceSeconds * 1000;
}
