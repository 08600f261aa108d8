/** `muster tasks make KIND`: work out of what happened, for days of one's choice. */

import { Argument, type Command } from "commander";
import type { Config } from "../config.ts";
import type { DayRange } from "../domain/shared/vocabulary.ts";
import {
  makeCallBackTasks,
  makeFollowUpTasks,
  makeTicketTasks,
} from "../flows/work/create-tasks.ts";
import { dayRange } from "./days.ts";
import { printJson, printLine } from "./output.ts";
import { withSession } from "./session.ts";

const MAKERS = {
  "call-backs": makeCallBackTasks,
  "follow-ups": makeFollowUpTasks,
  tickets: makeTicketTasks,
} as const;

export function tasksCommand(program: Command, config: () => Config): void {
  program
    .command("tasks")
    .description("tasks for the dispatcher")
    .command("make")
    .description(
      "call-backs: customers who hung up in a queue and were not served since; follow-ups: " +
        "contacts that need one; tickets: those still open",
    )
    .addArgument(new Argument("<kind>").choices(Object.keys(MAKERS)))
    .requiredOption("--from <day>", "first day, in the site's zone")
    .requiredOption("--to <day>", "last day, in it")
    .option("--json", "one JSON document on standard output, nothing else there")
    .action(async (kind: keyof typeof MAKERS, options: Record<"from" | "to", string>) => {
      const range = dayRange(options) as DayRange;
      await withSession(config(), async ({ store, now }) => {
        const made = await MAKERS[kind](store, { ...range, now: now() });
        if ("json" in options) printJson({ kind, made });
        else printLine(`${made} tasks made`);
      });
    });
}
