/** `muster metrics`: the metrics by group, or their definitions. */

import type { Command } from "commander";
import type { Config } from "../config.ts";
import { definitions } from "../domain/metrics/metrics-of.ts";
import { inputError } from "../domain/shared/errors.ts";
import { type Cell, type MeasuredRow, measure } from "../flows/read/measure.ts";
import { askingOf, UNBOUNDED } from "../flows/read/scope.ts";
import { GROUPINGS, type Grouping } from "../store/reports/grouping.ts";
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
      for (const name of ["from", "to", "asOf"] as const) checkDay(name, options[name]);
      if (options.from !== undefined && options.to !== undefined && options.to < options.from) {
        const expected = `a day from ${options.from} (--from) on`;
        throw inputError({ code: "invalid_day", path: "--to", value: options.to, expected });
      }
      await withSession(config(), async ({ store, now }) => {
        const asked = {
          from: options.from,
          to: options.to === undefined ? undefined : dayAfter(options.to),
          asOf: options.asOf,
        };
        const asking = await askingOf(store, asked, UNBOUNDED, now());
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

function checkDay(name: string, value: string | undefined): void {
  if (value === undefined || isDay(value)) return;
  const path = `--${name === "asOf" ? "as-of" : name}`;
  throw inputError({ code: "invalid_day", path, value, expected: "a day as YYYY-MM-DD" });
}

/** 2024-02-31 is none, though Date would make 2 March of it. */
function isDay(text: string): boolean {
  if (!/^\d{4}-\d\d-\d\d$/.test(text)) return false;
  const day = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(day.getTime()) && day.toISOString().slice(0, 10) === text;
}

function dayAfter(day: string): string {
  return new Date(Date.parse(day) + 86_400_000).toISOString().slice(0, 10);
}

function printDefinitions(json: boolean): void {
  if (json) {
    printJson({ definitions });
    return;
  }
  for (const { id, version, name, formula, unit, population, nullMeans } of definitions) {
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
