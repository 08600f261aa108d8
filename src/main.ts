/** The entry of every command. */

import { benchCommand } from "./bench-command.ts";
import { runCommand } from "./cli/program.ts";
import { jobsOfTimetable } from "./jobs-command.ts";
import { serveCommands } from "./serve-commands.ts";

process.exitCode = await runCommand(process.argv.slice(2), process.env, [
  serveCommands,
  jobsOfTimetable,
  benchCommand,
]);
