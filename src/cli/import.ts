/** `muster import FILE… --format NAME`: takes logs and says what became of every row. */

import { basename } from "node:path";
import { type Command, Option } from "commander";
import type { Config } from "../config.ts";
import { FORMAT_NAMES } from "../flows/import/format-names.ts";
import { type ImportReport, importFile } from "../flows/import/import-file.ts";
import { tryOrganisationFile } from "../flows/import/take-organisation.ts";
import { assessQuality, type QualityFinding } from "../flows/quality.ts";
import { giveWay } from "../store/background.ts";
import { readMapping, zoneOfMapping } from "./mapping-file.ts";
import { printJson, printLine, progressBar } from "./output.ts";
import { type Session, withSession } from "./session.ts";
import { printSuggestedMapping } from "./suggest-map.ts";

interface ImportOptions {
  readonly format: string;
  readonly suggestMap?: string;
  readonly map?: string;
  readonly source?: string;
  readonly zone?: string;
  readonly encoding?: string;
  readonly dryRun?: boolean;
  readonly json?: boolean;
}

export function importCommand(program: Command, config: () => Config): void {
  program
    .command("import")
    .description(
      "take call and ticket logs in; report accepted, duplicate, replaced, rejected rows",
    )
    .argument("[file...]", "files, plain or .gz")
    .addOption(new Option("--format <name>", "what the files are").choices(FORMAT_NAMES))
    .option("--suggest-map <file>", "print a mapping that fits the file, and import nothing")
    .option("--map <file>", "mapping of columns to fields, for table, event-log, organisation")
    .option("--source <name>", "the source they come from; rows are known by source and id")
    .option("--zone <zone>", "IANA zone of times without offset, and of the days they count in")
    .option("--encoding <name>", "where it is detected wrongly: utf-8, utf-16le, gb18030, ...")
    .option("--dry-run", "of the organisation: say what each file would do, and change nothing")
    .option("--json", "one JSON document on standard output, nothing else there")
    .action(async (files: string[], options: ImportOptions, command: Command) => {
      if (options.suggestMap !== undefined) {
        if (files.length > 0) command.error("error: --suggest-map takes one file and imports none");
        return await printSuggestedMapping(options.suggestMap, options);
      }
      if (files.length === 0) command.error("error: missing required argument 'file'");
      if (options.format === undefined) {
        command.error("error: required option '--format <name>' not specified");
      }
      if (options.dryRun === true && options.format !== "organisation") {
        command.error("error: --dry-run is for --format organisation");
      }
      const mapping = options.map === undefined ? null : await readMapping(options.map);
      if (options.dryRun === true) return await tryAll(config(), files, options, mapping);
      await withSession(config(), async (session) => {
        giveWay();
        const reports: ImportReport[] = [];
        for (const file of files) reports.push(await importOne(session, file, options, mapping));
        const sources = [...new Set(reports.map((report) => report.source))];
        const quality: QualityFinding[] = [];
        for (const source of sources) quality.push(...(await assessQuality(session.store, source)));
        if (options.json) printJson(summed(reports, quality));
        else printReports(reports, quality);
      });
    });
}

async function tryAll(
  config: Config,
  files: readonly string[],
  options: ImportOptions,
  mapping: unknown,
): Promise<void> {
  await withSession(config, async ({ store }) => {
    const zone = options.zone ?? zoneOfMapping(mapping);
    const { encoding } = options;
    const trials: FileReport[] = [];
    for (const file of files) {
      trials.push(await tryOrganisationFile(store, { file, mapping, zone, encoding }));
    }
    if (options.json) printJson(summed(trials, []));
    else printReports(trials, []);
  });
}

async function importOne(
  session: Session,
  file: string,
  options: ImportOptions,
  mapping: unknown,
): Promise<ImportReport> {
  const bar = progressBar(basename(file), options.json !== true);
  try {
    return await importFile(session.store, {
      file,
      format: options.format,
      source: options.source ?? sourceNameOf(options),
      mapping,
      zone: options.zone ?? zoneOfMapping(mapping),
      encoding: options.encoding,
      installationKey: session.installationKey,
      owner: session.owner,
      now: session.now,
      signal: session.signal,
      onWait: () => process.stderr.write("another import of this source is under way: waiting\n"),
      onProgress: ({ read, total, rows }) => bar.update(read, total, `${rows} rows`),
    });
  } finally {
    bar.stop();
  }
}

/** Files of one mapping are one source, unless it is said otherwise. */
function sourceNameOf(options: ImportOptions): string {
  return options.map === undefined ? options.format : basename(options.map).replace(/\.json$/, "");
}

type FileReport = Omit<ImportReport, "batch" | "source">;

function summed(reports: readonly FileReport[], quality: readonly QualityFinding[]): unknown {
  const sum = (key: "rows" | "accepted" | "duplicates" | "replaced" | "rejected") =>
    reports.reduce((total, report) => total + report[key], 0);
  return {
    rows: sum("rows"),
    accepted: sum("accepted"),
    duplicates: sum("duplicates"),
    replaced: sum("replaced"),
    rejected: sum("rejected"),
    rejects: reports.flatMap((report) =>
      report.rejects.map((reject) => ({ file: report.file, ...reject })),
    ),
    quality,
    files: reports.map(({ rejects: _, ...report }) => report),
  };
}

function printReports(reports: readonly FileReport[], quality: readonly QualityFinding[]): void {
  for (const report of reports) {
    printLine(
      `${report.file}: ${report.rows} rows = ${report.accepted} accepted + ` +
        `${report.duplicates} duplicates + ${report.replaced} replaced + ${report.rejected} rejected`,
    );
    for (const { line, code, field, value, expected } of report.rejects.slice(0, 10)) {
      printLine(
        `  line ${line}: ${code}: ${field} is ${JSON.stringify(value)}, expected ${expected}`,
      );
    }
    if (report.rejects.length > 10) printLine(`  and ${report.rejected - 10} more`);
  }
  if (quality.length > 0) printLine("What looks wrong in the data (nothing was changed):");
  for (const { code, day, agent, queue, count } of quality) {
    const where = [day, agent, queue].filter((part) => part !== null).join(" ");
    printLine(`  ${code}${where === "" ? "" : ` ${where}`}: ${count}`);
  }
}
