/** `muster jobs`: the timetable and its ledger from the command line. */

import type { Command } from "commander";
import type { Config } from "../config.ts";
import { inputError } from "../domain/shared/errors.ts";
import { FlowError } from "../flows/errors.ts";
import { type JobRun, listRuns } from "../store/job-runs.ts";
import { printJson, printLine } from "./output.ts";
import { type Session, withSession } from "./session.ts";

/**
 * The process's timetable with its clock stopped, made by main: what is run here is run by hand.
 */
export interface JobDesk {
  readonly list: () => Promise<readonly JobLine[]>;
  readonly runNow: (job: string) => Promise<{ readonly finished: Promise<JobRun> }>;
  readonly requestStop: (run: string) => Promise<JobRun>;
  readonly stop: () => Promise<void>;
}

interface JobLine {
  readonly name: string;
  readonly cron: string;
  readonly zone: string;
  readonly catchUp: string;
  readonly next: readonly Date[];
  readonly last: JobRun | null;
}

interface JobOptions {
  readonly json?: boolean;
  readonly limit: string;
}

export type OpenDesk = (session: Session) => JobDesk | Promise<JobDesk>;

const JSON_TEXT = "one JSON document on standard output, nothing else there";

export function jobsCommand(program: Command, config: () => Config, openDesk: OpenDesk): void {
  const jobs = program.command("jobs").description("the timetable and the ledger of its runs");
  const withDesk = (work: (desk: JobDesk, session: Session) => Promise<void>) =>
    withSession(config(), async (session) => {
      const desk = await openDesk(session);
      // Ctrl-C lets the step under way finish, as stopping the server does.
      const stop = () => void desk.stop();
      session.signal.addEventListener("abort", stop, { once: true });
      try {
        await work(desk, session);
      } finally {
        await desk.stop();
      }
    });
  jobs
    .command("list")
    .description("every job with its next slot, and the latest runs")
    .option("--limit <count>", "how many runs", "20")
    .option("--json", JSON_TEXT)
    .action((options: JobOptions) => withDesk((desk, session) => list(desk, session, options)));
  jobs
    .command("run")
    .description("runs a job now, in this process; exit 1 where it is not done at the end")
    .argument("<name>", "the job")
    .option("--json", JSON_TEXT)
    .action((name: string, options: JobOptions) => withDesk((desk) => run(desk, name, options)));
  jobs
    .command("stop")
    .description("asks a run to stop after its step, wherever it runs")
    .argument("<run>", "the id of the run")
    .option("--json", JSON_TEXT)
    .action((id: string, options: JobOptions) => withDesk((desk) => stopRun(desk, id, options)));
}

async function list(desk: JobDesk, session: Session, options: JobOptions): Promise<void> {
  const limit = Number(options.limit);
  if (!Number.isInteger(limit) || limit < 1) {
    const expected = "a whole number from 1";
    throw inputError({ code: "invalid_limit", path: "--limit", value: options.limit, expected });
  }
  const jobs = await desk.list();
  const { rows: runs } = await listRuns(session.store.pool, { limit });
  if (options.json) return printJson({ jobs, runs });
  for (const { name, cron, zone, next } of jobs) {
    const at = next[0]?.toISOString() ?? "never";
    printLine(`${name.padEnd(16)} ${cron.padEnd(16)} ${zone.padEnd(18)} next ${at}`);
  }
  for (const shown of runs) printLine(runLine(shown));
}

async function run(desk: JobDesk, name: string, options: JobOptions): Promise<void> {
  const started = await refused(options, () => desk.runNow(name));
  if (started === null) return;
  const ended = await started.finished;
  if (options.json) printJson(ended);
  else printLine(runLine(ended));
  if (ended.state !== "done") process.exitCode = 1;
}

async function stopRun(desk: JobDesk, id: string, options: JobOptions): Promise<void> {
  const asked = await refused(options, () => desk.requestStop(id));
  if (asked === null) return;
  if (options.json) printJson(asked);
  else printLine(runLine(asked));
}

/** What does not exist is wrong input (exit 2); what cannot be now is a no (exit 1). */
async function refused<T>(options: JobOptions, work: () => Promise<T>): Promise<T | null> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof FlowError)) throw error;
    process.exitCode = error.kind === "not_found" ? 2 : 1;
    if (options.json) printJson({ code: error.code, message: error.message });
    else process.stderr.write(`${error.code}: ${error.message}\n`);
    return null;
  }
}

function runLine({ id, job, scheduledFor, state, reason, error }: JobRun): string {
  const why = error === null ? "" : ` ${error.code}: ${error.message}`;
  return `${id} ${scheduledFor.toISOString()} ${job.padEnd(16)} ${reason.padEnd(9)} ${state}${why}`;
}
