/** `muster assign FILE`: one matching of tasks and agents, of most tasks and then of least cost. */

import { readFile } from "node:fs/promises";
import type { Command } from "commander";
import { inputError } from "../domain/shared/errors.ts";
import { type AssignReport, assignFile } from "../flows/work/assign-file.ts";
import { printJson, printLine } from "./output.ts";

export function assignCommand(program: Command): void {
  program
    .command("assign")
    .description("match tasks and agents: as many tasks as possible, at the least cost")
    .argument("<file>", "JSON of tasks and agents, or of arcs [task, agent, cost]; or OR-Library")
    .option("--json", "one JSON document on standard output, nothing else there")
    .action(async (file: string, options: { readonly json?: boolean }) => {
      const report = assignFile(await readText(file), file);
      if (options.json) printJson(report);
      else printReport(report);
    });
}

async function readText(file: string): Promise<string> {
  try {
    return await readFile(file, "utf8");
  } catch (cause) {
    const expected = `a readable file (${(cause as NodeJS.ErrnoException).code})`;
    throw inputError({ code: "file_not_found", path: "FILE", value: file, expected }, { cause });
  }
}

function printReport({ cost, pairs, unmatched }: AssignReport): void {
  for (const [task, agent] of pairs) printLine(`${task} -> ${agent}`);
  for (const task of unmatched) printLine(`${task} -> nobody`);
  printLine(`${pairs.length} tasks matched, ${unmatched.length} not, cost ${cost}`);
}
