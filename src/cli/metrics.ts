/** `muster metrics`: the metrics by group, or their definitions. */

import type { Command } from "commander";
import type { Config } from "../config.ts";
import { inputError } from "../domain/shared/errors.ts";
import { GROUPINGS, type Grouping } from "../domain/shared/vocabulary.ts";
import { METRIC_DEFINITIONS } from "../flows/read/definitions.ts";
import { type Cell, type MeasuredRow, measure } from "../flows/read/measure.ts";
import { askingOf, UNBOUNDED } from "../flows/read/scope.ts";
import { dayOption, dayRange } from "./days.ts";
import { printJson, printLine } from "./output.ts";
import { withSession } from "./session.ts";

interface MetricsOptions {
  readonly definitions?: boolean;
  readonly from?: string;
  readonly to?: string;
  readonly asOf?: string;
  readonly by: string;
  readonly threshold: string;
  readonly json?: boolean;
}

export function metricsCommand(program: Command, config: () => Config): void {
  program
    .command("metrics")
    .description("the metrics, each with its definition's id; null where it cannot be computed")
    .option("--definitions", "every metric in words instead")
    .option("--from <day>", "first day, in the site's zone")
    .option("--to <day>", "last day, in it")
    .option("--as-of <day>", "the day until which repeats could be seen")
    .option("--by <groups>", `any of ${GROUPINGS.join(",")}, comma between`, "")
    .option("--threshold <seconds>", "of the service level", "20")
    .option("--json", "one JSON document on standard output, nothing else there")
    .action(async (options: MetricsOptions) => {
      if (options.definitions === true) {
        printDefinitions(options.json === true);
        return;
      }
      const by = groupingsOf(options.by);
      const range = dayRange(options);
      const asOf = options.asOf && dayOption("--as-of", options.asOf);
      await withSession(config(), async ({ store, now }) => {
        const asking = await askingOf(store, { ...range, asOf }, UNBOUNDED, now());
        const rows = await measure(store, asking, { by, threshold: Number(options.threshold) });
        const { from, to } = asking.scope;
        if (options.json) printJson({ from, to, zone: asking.days.zone, rows });
        else printTable(rows);
      });
    });
}

function groupingsOf(text: string): Grouping[] {
  return text
    .split(",")
    .filter((part) => part !== "")
    .map((part) => {
      const found = GROUPINGS.find((grouping) => grouping === part);
      if (found !== undefined) return found;
      const expected = `any of ${GROUPINGS.join(", ")}`;
      throw inputError({ code: "invalid_grouping", path: "--by", value: part, expected });
    });
}

function printDefinitions(json: boolean): void {
  if (json) {
    printJson({ definitions: METRIC_DEFINITIONS });
    return;
  }
  for (const { id, version, name, formula, unit, population, nullMeans } of METRIC_DEFINITIONS) {
    printLine(`${id} v${version}: ${name.en} [${unit}]`);
    printLine(`  = ${formula.en}`);
    printLine(`  of ${population.en}; null: ${nullMeans.en}`);
  }
}

/** Columns that hold anything, aligned. */
function printTable(rows: readonly MeasuredRow[]): void {
  const first = rows[0];
  if (first === undefined) {
    printLine("no data in this period");
    return;
  }
  const columns = Object.keys(first).filter(
    (column) => !column.endsWith("Id") && rows.some((row) => row[column] !== null),
  );
  const cells = [columns, ...rows.map((row) => columns.map((column) => shown(row[column])))];
  const widths = columns.map((_, i) => Math.max(...cells.map((line) => (line[i] ?? "").length)));
  for (const line of cells) {
    printLine(line.map((cell, i) => cell.padStart(widths[i] ?? 0)).join("  "));
  }
}

function shown(cell: Cell | undefined): string {
  if (cell === null || cell === undefined) return "-";
  return typeof cell === "number" && !Number.isInteger(cell) ? cell.toFixed(3) : String(cell);
}
