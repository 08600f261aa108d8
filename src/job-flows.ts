/** The use cases behind the timetable's jobs, tied together. */

import { addDays } from "./domain/shared/days.ts";
import { zoneClock } from "./domain/shared/zone.ts";
import { checkTallies } from "./flows/jobs/check-tallies.ts";
import { type PullIdentity, pull } from "./flows/jobs/pull.ts";
import { retain } from "./flows/jobs/retention.ts";
import { assessQuality } from "./flows/quality.ts";
import { makeFollowUpTasks, makeTicketTasks } from "./flows/work/create-tasks.ts";
import { sweep } from "./flows/work/sweep.ts";
import type { JobFlows } from "./jobs/timetable.ts";
import { sourceNames } from "./store/quality.ts";

/** Days back from today in which new work is looked for: a log may come a day late. */
const WORK_DAYS = 3;

export function jobFlows(identity: PullIdentity, siteZone: string): JobFlows {
  return {
    pull: (context) => pull(context, identity),
    tally: async ({ store, progress }) => {
      progress(0, 1, "counting again");
      const { cells, differences } = await checkTallies(store);
      return { cells, differences };
    },
    quality: async ({ store, signal, progress }) => {
      const names = await sourceNames(store.db);
      let findings = 0;
      for (const [index, name] of names.entries()) {
        signal.throwIfAborted();
        progress(index, names.length, name);
        findings += (await assessQuality(store, name)).length;
      }
      return { sources: names.length, findings };
    },
    dispatchSweep: async ({ store, now }) => {
      const today = zoneClock(siteZone).day(now().getTime());
      const days = { from: addDays(today, -WORK_DAYS), to: addDays(today, 1), now: now() };
      const followUps = await makeFollowUpTasks(store, days);
      const tickets = await makeTicketTasks(store, days);
      return { followUps, tickets, ...(await sweep(store, now())) };
    },
    retention: ({ store, now }) => retain(store, now()),
  };
}
