/** The command line: one file a command, errors in one place. */

import { Command, CommanderError } from "commander";
import type { Config } from "../config.ts";
import { readConfig } from "../config.ts";
import { faultText, InputError } from "../domain/shared/errors.ts";
import { FlowError } from "../flows/errors.ts";
import { accountCommand } from "./accounts.ts";
import { assignCommand } from "./assign.ts";
import { claimAuditCommand } from "./claim-audit.ts";
import { dbCommand } from "./db.ts";
import { importCommand } from "./import.ts";
import { metricsCommand } from "./metrics.ts";
import { sourceCommand } from "./sources.ts";
import { spreadCommand } from "./spread.ts";
import { tasksCommand } from "./tasks.ts";
import { tokenCommand } from "./tokens.ts";

/** Adds a command to the program; `config` is read when the command runs. */
export type AddCommand = (program: Command, config: () => Config) => void;

const COMMANDS: readonly AddCommand[] = [
  importCommand,
  sourceCommand,
  metricsCommand,
  spreadCommand,
  tasksCommand,
  assignCommand,
  claimAuditCommand,
  dbCommand,
  tokenCommand,
  accountCommand,
];

/** Exit codes: 0 done, 1 the answer is no, 2 the input is wrong. */
export async function runCommand(
  argv: readonly string[],
  env: Readonly<Record<string, string | undefined>>,
  more: readonly AddCommand[] = [],
): Promise<number> {
  const config = (): Config => readConfig(env);
  const program = new Command("muster")
    .description(
      "Open workforce analytics and an elastic staffing scheduler for service operations",
    )
    .exitOverride()
    .configureOutput({ outputError: (text, write) => write(text) });
  for (const add of [...COMMANDS, ...more]) add(program, config);
  try {
    await program.parseAsync([...argv], { from: "user" });
    return typeof process.exitCode === "number" ? process.exitCode : 0;
  } catch (error) {
    return exitCodeOf(error);
  }
}

function exitCodeOf(error: unknown): number {
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
  if (error instanceof InputError) {
    for (const fault of error.faults) process.stderr.write(`${fault.code}: ${faultText(fault)}\n`);
    return 2;
  }
  if (error instanceof FlowError) {
    process.stderr.write(`${error.code}: ${error.message}\n`);
    return error.kind === "not_found" ? 2 : 1;
  }
  process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : error}\n`);
  return 1;
}
