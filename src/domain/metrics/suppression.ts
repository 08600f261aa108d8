/**
 * What is not shown because it rests on too few: a figure about one person must not be read off a
 * handful of contacts, and a small group must not be laid bare by a total.
 *
 * - An agent's own figure needs 10 contacts; a rate per hour needs 5 worked days instead.
 * - A group's mean, share or rate is held against a threshold from 10 on, as a cell: of fewer it is noise,
 *   and may be one person's. A count is no estimate: 3 calls are 3 calls.
 * - The spread of a team needs 10 agents (standard deviations only of ten persons and more).
 * - A cell below 10 is hidden. Where the total stands beside the cells, what is hidden could be had by
 *   subtraction, so the next smallest cells are hidden too, until at least two are and together they
 *   hold 10 or more. In a table with totals of rows and columns this goes round until nothing changes;
 *   that guards each total on its own, not against solving all of them together.
 * An empty cell (0) tells of nobody and is left as it is.
 *
 * Source: UK LLC, guide to statistical disclosure control; Hundepool et al. 2012, Statistical
 * Disclosure Control, ch. 4 (secondary suppression).
 *
 * @example
 * suppressedCells([3, 12, 40]) // => [true, true, false]
 * agentFigureShown({ measure: "rate_per_hour", contacts: 80, workedDays: 4 }) // => false
 */

import type { Estimate } from "./intervals.ts";

/** The least that each kind of figure rests on. Defaults; an installation may be stricter. */
export interface SuppressionRules {
  readonly agentContacts: number;
  readonly agentWorkedDays: number;
  readonly spreadAgents: number;
  readonly cell: number;
}

export const SUPPRESSION_RULES: SuppressionRules = {
  agentContacts: 10,
  agentWorkedDays: 5,
  spreadAgents: 10,
  cell: 10,
};

/** What an agent's figure is: a mean or share over contacts, or handled per hour over days. */
export type AgentMeasure = "per_contact" | "rate_per_hour";

export interface AgentBasis {
  readonly measure: AgentMeasure;
  readonly contacts: number;
  readonly workedDays: number;
}

export type ShownEstimate = Estimate & { readonly suppressed: boolean };

/** May this figure of one agent be shown? */
export function agentFigureShown(basis: AgentBasis, rules = SUPPRESSION_RULES): boolean {
  return basis.measure === "rate_per_hour"
    ? basis.workedDays >= rules.agentWorkedDays
    : basis.contacts >= rules.agentContacts;
}

/** May a group's figure that rests on this many be held against a threshold? */
export function thresholdFigureShown(
  { unit, n }: { readonly unit: string; readonly n: number },
  rules = SUPPRESSION_RULES,
): boolean {
  return unit === "count" || n >= rules.cell;
}

/** May the spread between this many agents be shown? */
export function spreadShown(agents: number, rules = SUPPRESSION_RULES): boolean {
  return agents >= rules.spreadAgents;
}

/** The estimate as it may be shown: without value and bounds where it is suppressed. */
export function shownEstimate(estimate: Estimate, suppressed: boolean): ShownEstimate {
  if (!suppressed) return { ...estimate, suppressed };
  return { value: null, low: null, high: null, n: estimate.n, suppressed };
}

/** Which cells of one line are hidden when their total is shown beside them. */
export function suppressedCells(
  counts: readonly number[],
  rules = SUPPRESSION_RULES,
): readonly boolean[] {
  return lineHidden(
    counts,
    counts.map((count) => tooSmall(count, rules)),
    rules,
  );
}

/** Which cells of a table of rows are hidden when the totals of rows and columns are shown. */
export function suppressedTable(
  rows: readonly (readonly number[])[],
  rules = SUPPRESSION_RULES,
): readonly (readonly boolean[])[] {
  let hidden: readonly (readonly boolean[])[] = rows.map((row) =>
    row.map((count) => tooSmall(count, rules)),
  );
  // Each round that changes anything hides at least one more cell, so this ends.
  for (let before = -1; before !== hiddenCount(hidden); ) {
    before = hiddenCount(hidden);
    const byRow = rows.map((row, at) => lineHidden(row, hidden[at] ?? [], rules));
    const columns = transposed(rows);
    const byColumn = transposed(byRow).map((column, at) =>
      lineHidden(columns[at] ?? [], column, rules),
    );
    hidden = rows.length === 0 ? [] : transposed(byColumn);
  }
  return hidden;
}

function tooSmall(count: number, rules: SuppressionRules): boolean {
  return count > 0 && count < rules.cell;
}

/** Hides further cells, the smallest first, until the hidden ones cannot be had from the total. */
function lineHidden(
  counts: readonly number[],
  start: readonly boolean[],
  rules: SuppressionRules,
): readonly boolean[] {
  const hidden = [...start];
  let cells = hidden.filter((is) => is).length;
  let total = counts.reduce((sum, count, at) => (hidden[at] ? sum + count : sum), 0);
  if (cells === 0) return hidden;
  const others = counts
    .map((count, at) => ({ count, at }))
    .filter(({ count, at }) => count > 0 && !hidden[at])
    .sort((a, b) => a.count - b.count || a.at - b.at);
  for (const { count, at } of others) {
    if (cells >= 2 && total >= rules.cell) break;
    hidden[at] = true;
    cells += 1;
    total += count;
  }
  return hidden;
}

function hiddenCount(table: readonly (readonly boolean[])[]): number {
  return table.flat().filter((is) => is).length;
}

function transposed<T>(rows: readonly (readonly T[])[]): T[][] {
  const width = rows[0]?.length ?? 0;
  return Array.from({ length: width }, (_, at) => rows.flatMap((row) => row.slice(at, at + 1)));
}
