/** `muster jobs`: the same timetable as `muster serve` keeps, without its clock. */

import type { Command } from "commander";
import { jobsCommand } from "./cli/jobs.ts";
import type { Session } from "./cli/session.ts";
import type { Config } from "./config.ts";
import { jobFlows, uploadRoom } from "./job-flows.ts";
import { startTimetable } from "./jobs/runner.ts";
import { timetable } from "./jobs/timetable.ts";
import { dataDays } from "./store/dimensions.ts";

export function jobsOfTimetable(program: Command, config: () => Config): void {
  jobsCommand(program, config, async (session: Session) => {
    const { store, now, owner, installationKey } = session;
    const { zone } = await dataDays(store.db);
    const jobs = timetable(
      jobFlows({ installationKey, owner }, zone, uploadRoom(session.config)),
      zone,
    );
    return startTimetable({ store, jobs, now, owner, clock: "none" });
  });
}
