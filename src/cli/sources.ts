/** `muster source`: folders that files are dropped in, pulled by the timetable. */

import { stat } from "node:fs/promises";
import { resolve } from "node:path";
import { type Command, Option } from "commander";
import type { Config } from "../config.ts";
import { inputError } from "../domain/shared/errors.ts";
import { FORMAT_NAMES } from "../flows/import/format-names.ts";
import { addFolderSource, pauseSource } from "../flows/sources.ts";
import { listSources } from "../store/import/folders.ts";
import { readMapping, zoneOfMapping } from "./mapping-file.ts";
import { printJson, printLine } from "./output.ts";
import { withSession } from "./session.ts";

interface AddOptions {
  readonly folder: string;
  readonly format: string;
  readonly map?: string;
  readonly zone?: string;
}

export function sourceCommand(program: Command, config: () => Config): void {
  const source = program.command("source").description("where logs come from");
  source
    .command("add")
    .description("a folder that files are dropped in; pulled every five minutes")
    .argument("<name>", "rows are known by source and id")
    .requiredOption("--folder <path>", "files in it are taken once each and stay where they are")
    .addOption(
      new Option("--format <name>", "what the files are")
        .choices(FORMAT_NAMES)
        .makeOptionMandatory(),
    )
    .option("--map <file>", "mapping of columns to fields, for table and event-log")
    .option("--zone <zone>", "IANA zone of times without offset, and of the days they count in")
    .action(async (name: string, options: AddOptions) => {
      const place = await folderAt(options.folder);
      const mapping = options.map === undefined ? null : await readMapping(options.map);
      await withSession(config(), async ({ store }) => {
        const zone = options.zone ?? zoneOfMapping(mapping);
        await addFolderSource(store, { name, place, format: options.format, mapping, zone });
        printLine(`${name}: ${place} is pulled from now on`);
      });
    });
  source
    .command("list")
    .option("--json", "one JSON document on standard output, nothing else there")
    .action(async (options: { readonly json?: boolean }) => {
      await withSession(config(), async ({ store }) => {
        const sources = await listSources(store.db);
        if (options.json === true) printJson({ sources });
        else for (const one of sources) printLine(Object.values(one).join("  "));
      });
    });
  for (const [verb, paused] of [
    ["pause", true],
    ["resume", false],
  ] as const) {
    source.command(`${verb} <name>`).action(async (name: string) => {
      await withSession(config(), ({ store }) => pauseSource(store, name, paused));
    });
  }
}

async function folderAt(path: string): Promise<string> {
  const found = await stat(path).catch(() => null);
  if (found?.isDirectory() === true) return resolve(path);
  throw inputError({ code: "not_a_folder", path: "--folder", value: path, expected: "a folder" });
}
