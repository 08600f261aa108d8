/** The demo centre: made from a seed and a date, taken in by the importers everybody has. */

import { readFile } from "node:fs/promises";
import { basename, join } from "node:path";
import { ZONE } from "../seeds/centre.ts";
import { type DemoFiles, makeDemoCentre } from "../seeds/demo-centre.ts";
import { progressBar } from "./cli/output.ts";
import type { Session } from "./cli/session.ts";
import { zoneClock } from "./domain/shared/zone.ts";
import { importFile } from "./flows/import/import-file.ts";
import { takeOrganisation } from "./flows/save-organisation.ts";
import { jobFlows, uploadRoom } from "./job-flows.ts";
import { runWholeTimetableOnce } from "./jobs/once.ts";
import { timetable } from "./jobs/timetable.ts";

export const DEMO_SEED = 20_260_101;

/** Makes, imports and computes the demo, with a progress bar a step on standard error. */
export async function makeDemo(session: Session, seed: number): Promise<void> {
  const lastDay = zoneClock(ZONE).day(session.now().getTime());
  const making = progressBar("making the demo centre", true);
  const directory = join(session.config.dataFolder, "demo");
  const files = await makeDemoCentre({ seed, lastDay, directory });
  making.update(1, 1, `60 days until ${lastDay}`);
  making.stop();
  await takeOrganisation(session.store, {
    file: files.organisation,
    zone: files.zone,
    site: files.site,
  });
  await importAll(session, files);
  await computeAll(session, files.zone);
}

async function importAll(session: Session, { files, zone }: DemoFiles): Promise<void> {
  const { store, installationKey, owner, now, signal } = session;
  for (const file of files) {
    const bar = progressBar(`import ${basename(file.path)}`, true);
    await importFile(store, {
      file: file.path,
      format: file.format,
      source: file.source,
      mapping: JSON.parse(await readFile(file.mapping, "utf8")),
      zone,
      installationKey,
      owner,
      now,
      signal,
      onProgress: ({ read, total, rows }) => bar.update(read, total, `${rows} rows`),
    });
    bar.stop();
  }
}

async function computeAll(session: Session, zone: string): Promise<void> {
  const { store, installationKey, owner, now, signal, config } = session;
  let bar = progressBar("timetable", false);
  await runWholeTimetableOnce({
    store,
    now,
    owner,
    signal,
    jobs: timetable(jobFlows({ installationKey, owner }, zone, uploadRoom(config)), zone),
    onProgress: (progress) => {
      if (progress.at === "started") bar = progressBar(progress.job, true);
      else if (progress.at === "progress")
        bar.update(progress.done, progress.total, progress.label);
      else {
        bar.update(1, 1, progress.run.state);
        bar.stop();
      }
    },
  });
}
