/** A score of 0 that only contacts without an answer have is no score. */

import { decimalNumber } from "../table-numbers.ts";
import type { Match } from "./matching.ts";
import { note } from "./notes.ts";

/** The matches; where every 0 stands beside an abandoned contact, 0 is read as empty. */
export function scoreWithoutAnswer(matches: readonly Match[]): Match[] {
  const outcome = matches.find(({ field }) => field === "outcome");
  return matches.map((match) => {
    if (match.field !== "survey" || outcome === undefined) return match;
    const { column, fit } = match;
    const values = "constant" in outcome.fit.rule ? undefined : outcome.fit.rule.values;
    const isZero = (cell: string) => decimalNumber(cell, ".") === 0;
    const zeros = column.cells.flatMap((cell, row) => (isZero(cell) ? [row] : []));
    const isHandled = (row: number) => values?.[outcome.column.cells[row] ?? ""] === "handled";
    const scale = "constant" in fit.rule ? undefined : fit.rule.scale;
    if (zeros.length === 0 || scale === undefined || zeros.some(isHandled)) return match;
    const texts = [...new Set(zeros.map((row) => column.cells[row] ?? ""))];
    const rule = {
      ...fit.rule,
      scale: [1, scale[1]] as [number, number],
      values: Object.fromEntries(texts.map((text) => [text, ""])),
      others: "keep" as const,
    };
    const reason = fit.reason.replace(/^scale 0/, "scale 1");
    const warnings = [...fit.warnings, note("zero_no_score", {})];
    return { ...match, fit: { ...fit, rule, reason, warnings } };
  });
}
