/** The use cases behind the timetable's jobs, tied together. */

import { join } from "node:path";
import type { Config } from "./config.ts";
import { addDays } from "./domain/shared/days.ts";
import { zoneClock } from "./domain/shared/zone.ts";
import { removeOldUploads, type UploadRoom } from "./flows/import/uploads.ts";
import { checkTallies } from "./flows/jobs/check-tallies.ts";
import { type PullIdentity, pull } from "./flows/jobs/pull.ts";
import { daysBefore, RETENTION, retain } from "./flows/jobs/retention.ts";
import { assessQuality } from "./flows/quality.ts";
import { makeFollowUpTasks, makeTicketTasks } from "./flows/work/create-tasks.ts";
import { sweep } from "./flows/work/sweep.ts";
import type { JobFlows } from "./jobs/timetable.ts";
import { sourceNames } from "./store/quality.ts";

/** Days back from today in which new work is looked for: a log may come a day late. */
const WORK_DAYS = 3;

/** Where files dropped in a browser are kept, as the settings say. */
export function uploadRoom({ dataFolder, uploadBytes }: Config): UploadRoom {
  return { folder: join(dataFolder, "uploads"), mostBytes: uploadBytes };
}

export function jobFlows(identity: PullIdentity, siteZone: string, room: UploadRoom): JobFlows {
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
    retention: async ({ store, now }) => {
      const days = { before: daysBefore(now(), RETENTION.uploadDays), now: now() };
      return {
        ...(await retain(store, now())),
        uploads: await removeOldUploads(store, room, days),
      };
    },
  };
}
