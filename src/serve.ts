/** `muster serve`: HTTP, dashboards, timetable and dispatcher in one process, until it is told to stop. */

import { fileURLToPath } from "node:url";
import { type Logger, pino } from "pino";
import type { Session } from "./cli/session.ts";
import { issueToken } from "./flows/access.ts";
import { openImportDesk } from "./flows/import/import-desk.ts";
import { startDispatcher } from "./flows/work/dispatcher-loop.ts";
import { WORK_SETTINGS } from "./flows/work/settings.ts";
import type { Mounted } from "./http/mount.ts";
import { ACCESS_ROUTES } from "./http/routes/access.ts";
import { ACCOUNT_ROUTES } from "./http/routes/accounts.ts";
import { AGENT_JOIN_ROUTES } from "./http/routes/agent-joins.ts";
import { COMPARE_ROUTES } from "./http/routes/compare.ts";
import { jobRoutes } from "./http/routes/jobs.ts";
import { liveRoutes } from "./http/routes/live.ts";
import { noteRoutes } from "./http/routes/notes.ts";
import { READING_ROUTES } from "./http/routes/reading.ts";
import { rejectRoutes } from "./http/routes/rejects.ts";
import { sourceRoutes } from "./http/routes/sources.ts";
import { STUDY_ROUTES } from "./http/routes/studies.ts";
import { uploadRoutes } from "./http/routes/uploads.ts";
import { workRoutes } from "./http/routes/work.ts";
import { listen } from "./http/server.ts";
import { jobFlows, uploadRoom } from "./job-flows.ts";
import { startTimetable } from "./jobs/runner.ts";
import { timetable } from "./jobs/timetable.ts";
import { dataDays } from "./store/dimensions.ts";
import { listenForWork } from "./store/work/changes.ts";

export interface Serving {
  readonly address: string;
  /** The link that signs an administrator in. */
  readonly signInLink: string;
  readonly token: string;
  stop(): Promise<void>;
}

/** Where the dashboards are built to, seen from src/ and from dist/src/ alike. */
function dashboardsFolder(): string {
  const here = fileURLToPath(import.meta.url);
  const root = new URL(
    here.endsWith(".ts") ? "../dist/dashboards" : "../dashboards",
    import.meta.url,
  );
  return fileURLToPath(root);
}

const LINK_DAYS = 30;

export async function serve(
  session: Session,
  at: { readonly port: number; readonly host: string },
): Promise<Serving> {
  const { store, now, owner, installationKey, config } = session;
  const logger: Logger = pino({ level: config.logLevel }, pino.destination(2));
  const changes = await listenForWork(store);
  const { zone } = await dataDays(store.db);
  const room = uploadRoom(config);
  const desk = await openImportDesk(store, {
    ...{ installationKey, owner, now },
    onError: (error) => logger.error({ err: error }, "an import could not be judged"),
  });
  const keeping = startTimetable({
    store,
    now,
    owner,
    jobs: timetable(jobFlows({ installationKey, owner }, zone, room), zone),
    onError: (error, job) => logger.error({ err: error, job }, "job failed"),
  });
  const dispatcher = startDispatcher(store, {
    changes,
    now,
    onError: (error) => logger.error({ err: error }, "dispatch failed"),
  });
  const mounted: readonly Mounted[] = [
    ...ACCESS_ROUTES,
    ...ACCOUNT_ROUTES,
    ...READING_ROUTES,
    ...noteRoutes(),
    ...COMPARE_ROUTES,
    ...STUDY_ROUTES,
    ...jobRoutes(keeping),
    ...sourceRoutes(keeping, { installationKey, owner }),
    ...rejectRoutes(installationKey),
    ...uploadRoutes({ desk, room }),
    ...AGENT_JOIN_ROUTES,
    ...workRoutes({ changes, settings: WORK_SETTINGS }),
    ...liveRoutes({ changes }),
  ];
  const options = { context: { store, now }, mounted, logger, dashboards: dashboardsFolder() };
  const server = await listen(options, at);
  const user = {
    name: "administrator",
    role: "administrator",
    partyId: null,
    agentId: null,
  } as const;
  const token = await issueToken(store, {
    user,
    name: "sign-in link",
    now: now(),
    days: LINK_DAYS,
  });
  const address = `http://${at.host.includes(":") ? `[${at.host}]` : at.host}:${server.port}`;
  return {
    address,
    token,
    signInLink: `${address}/sign-in?token=${token}`,
    stop: async () => {
      await server.close();
      await Promise.all([keeping.stop(), dispatcher.stop(), desk.close()]);
      await changes.close();
    },
  };
}
