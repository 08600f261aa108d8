/**
 * A server process with the routes of work and a dispatcher, for tests that kill it: leases are
 * short, so that what a kill left behind comes back within seconds. Says "listening <port>".
 * Arguments: the database's URL, the port (0 for any), the settings as JSON.
 */

import pino from "pino";
import { startDispatcher } from "../../src/flows/work/dispatcher-loop.ts";
import type { WorkSettings } from "../../src/flows/work/settings.ts";
import { liveRoutes } from "../../src/http/routes/live.ts";
import { workRoutes } from "../../src/http/routes/work.ts";
import { listen } from "../../src/http/server.ts";
import { openStore } from "../../src/store/connection.ts";
import { listenForWork } from "../../src/store/work/changes.ts";

const [databaseUrl = "", port = "0", settingsText = "{}"] = process.argv.slice(2);
const settings = JSON.parse(settingsText) as WorkSettings;
const logger = pino({ level: "warn" }, pino.destination(2));
const now = () => new Date();

const store = await openStore({ databaseUrl, maxConnections: 8 });
const changes = await listenForWork(store);
const onError = (error: unknown) => logger.error({ err: error }, "dispatch failed");
startDispatcher(store, { changes, now, settings, onError });
const server = await listen(
  {
    context: { store, now },
    mounted: [...workRoutes({ changes, settings }), ...liveRoutes({ changes })],
    logger,
    dashboards: "/nowhere",
  },
  { port: Number(port), host: "127.0.0.1" },
);
process.stdout.write(`listening ${server.port}\n`);
