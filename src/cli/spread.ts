/** `muster spread`: did people come to perform more alike since their assistant came? */

import type { Command } from "commander";
import type { Config } from "../config.ts";
import { addDays } from "../domain/shared/days.ts";
import { inputError } from "../domain/shared/errors.ts";
import type { DayRange } from "../domain/shared/vocabulary.ts";
import { askingOf, UNBOUNDED } from "../flows/read/scope.ts";
import { STUDY_METRICS, type StudyReport, studyOfSpread } from "../flows/studies/spread-study.ts";
import { dayOption } from "./days.ts";
import { printJson, printLine, progressBar } from "./output.ts";
import { withSession } from "./session.ts";

interface SpreadOptions {
  readonly metric: string;
  readonly before?: string;
  readonly after?: string;
  readonly seed: string;
  readonly draws: string;
  readonly json?: boolean;
}

export function spreadCommand(program: Command, config: () => Config): void {
  program
    .command("spread")
    .description("did people come to perform more alike since their assistant came")
    .option("--metric <id>", `one of ${STUDY_METRICS.join(", ")}`, "meanHandleSeconds")
    .option("--before <first..last>", "days before; until most got their assistant")
    .option("--after <first..last>", "days after; from then on")
    .option("--seed <n>", "of the draws", "1")
    .option("--draws <n>", "how often the agents are drawn again", "2000")
    .option("--json", "one JSON document on standard output, nothing else there")
    .action(async (options: SpreadOptions) => {
      const wish = {
        metric: metricOf(options.metric),
        before: daysOf("--before", options.before),
        after: daysOf("--after", options.after),
        seed: wholeOf("--seed", options.seed, 0),
        draws: wholeOf("--draws", options.draws, 100),
      };
      await withSession(config(), async ({ store, now, signal }) => {
        const asking = await askingOf(store, {}, UNBOUNDED, now());
        const bar = progressBar("drawing agents again", true);
        const onProgress = (share: number) => bar.update(share, 1);
        const report = await studyOfSpread(store, asking, wish, { signal, onProgress });
        bar.stop();
        if (options.json === true) printJson(report);
        else printReport(report);
      });
    });
}

function metricOf(value: string) {
  const found = STUDY_METRICS.find((metric) => metric === value);
  if (found !== undefined) return found;
  const expected = `one of ${STUDY_METRICS.join(", ")}`;
  throw inputError({ code: "invalid_metric", path: "--metric", value, expected });
}

function daysOf(path: string, value: string | undefined): DayRange | undefined {
  if (value === undefined) return undefined;
  const [first, last, ...more] = value.split("..");
  if (first === undefined || last === undefined || more.length > 0) {
    throw inputError({ code: "invalid_day", path, value, expected: "first..last, two days" });
  }
  return { from: dayOption(path, first), to: addDays(dayOption(path, last), 1) };
}

function wholeOf(path: string, value: string, least: number): number {
  const number = Number(value);
  if (/^\d+$/.test(value) && number >= least && Number.isSafeInteger(number)) return number;
  const expected = `a whole number from ${least}`;
  throw inputError({ code: "invalid_number", path, value, expected });
}

function printReport(report: StudyReport): void {
  const { treated, control, net, before, after } = report;
  const days = (range: DayRange) => `${range.from} to ${addDays(range.to, -1)}`;
  printLine(`${report.metric} [${report.unit}], ${days(before)} against ${days(after)}`);
  printLine("");
  const rows = [["", "before", "after"], ...armRows("with assistant:", treated)];
  if (control !== null) rows.push(...armRows("without:", control));
  for (const [label = "", one = "", other = ""] of rows) {
    printLine(`${label.padEnd(36)}${one.padStart(12)}${other.padStart(12)}`);
  }
  printLine("");
  printLine(`fall as seen              ${share(treated.change.rawReduction)}`);
  printLine(`fall without noise        ${withInterval(treated.change)}`);
  if (net !== null) printLine(`fall net of the control   ${withInterval(net)}`);
  printLine(`verdict                   ${report.verdict.replaceAll("_", " ")}`);
  printLine("");
  printLine(report.sentence.en);
  printLine(report.sentence.zh);
}

type Arm = StudyReport["treated"];

function armRows(name: string, arm: Arm): string[][] {
  const row = (label: string, of: (period: Arm["before"]) => number | null) => [
    `${name} ${label}`,
    shown(of(arm.before)),
    shown(of(arm.after)),
  ];
  return [
    row("people", ({ agents }) => agents),
    row("mean", ({ mean }) => mean),
    row("SD seen", ({ rawStandardDeviation }) => rawStandardDeviation),
    row("SD without noise", ({ correctedStandardDeviation }) => correctedStandardDeviation),
    row("SD by REML", ({ remlStandardDeviation }) => remlStandardDeviation),
    row("SD by split halves", ({ splitHalfVariance }) => rootOf(splitHalfVariance)),
    row("reliability", ({ reliability }) => reliability),
  ];
}

const rootOf = (variance: number | null) =>
  variance === null || variance < 0 ? null : Math.sqrt(variance);

function shown(value: number | null): string {
  if (value === null) return "-";
  return Number.isInteger(value) ? String(value) : value.toPrecision(4);
}

const share = (value: number | null) => (value === null ? "-" : `${(value * 100).toFixed(1)} %`);

function withInterval({ reduction, interval }: Pick<Arm["change"], "reduction" | "interval">) {
  if (interval === null) return share(reduction);
  const low = interval.low === null ? "any rise" : share(interval.low);
  return `${share(reduction)} (${low} to ${share(interval.high)})`;
}
