/**
 * The real application on a free port, over a small centre taken in through the real importers: a bank
 * with two agents and a vendor with two, contacts on two days, and a clock that stands still.
 */

import { mkdtempSync, rmSync } from "node:fs";
import { writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pino } from "pino";
import { afterAll } from "vitest";
import type { Role } from "../../src/domain/shared/vocabulary.ts";
import { issueToken } from "../../src/flows/access.ts";
import { openImportDesk } from "../../src/flows/import/import-desk.ts";
import { importFile } from "../../src/flows/import/import-file.ts";
import { takeOrganisation } from "../../src/flows/save-organisation.ts";
import { WORK_SETTINGS } from "../../src/flows/work/settings.ts";
import type { Mounted } from "../../src/http/mount.ts";
import { ACCESS_ROUTES } from "../../src/http/routes/access.ts";
import { ACCOUNT_ROUTES } from "../../src/http/routes/accounts.ts";
import { AGENT_JOIN_ROUTES } from "../../src/http/routes/agent-joins.ts";
import { COMPARE_ROUTES } from "../../src/http/routes/compare.ts";
import { jobRoutes } from "../../src/http/routes/jobs.ts";
import { liveRoutes } from "../../src/http/routes/live.ts";
import { noteRoutes } from "../../src/http/routes/notes.ts";
import { READING_ROUTES } from "../../src/http/routes/reading.ts";
import { rejectRoutes } from "../../src/http/routes/rejects.ts";
import { sourceRoutes } from "../../src/http/routes/sources.ts";
import { STUDY_ROUTES } from "../../src/http/routes/studies.ts";
import { uploadRoutes } from "../../src/http/routes/uploads.ts";
import { workRoutes } from "../../src/http/routes/work.ts";
import { listen, type RunningServer } from "../../src/http/server.ts";
import { startTimetable } from "../../src/jobs/runner.ts";
import type { Store } from "../../src/store/connection.ts";
import { idsOfName } from "../../src/store/dimensions.ts";
import { listenForWork } from "../../src/store/work/changes.ts";
import { job } from "../jobs/ledger-support.ts";

export const NOW = new Date("2026-03-12T12:00:00Z");
export const INSTALLATION_KEY = new Uint8Array(32);
export const DAYS = { from: "2026-03-10", to: "2026-03-12" } as const;

/** Handled contacts by agent: what every count of the tests goes back to. */
export const CONTACTS = [
  { agent: "Ann", party: "Bank", queue: "loans", handled: 30 },
  { agent: "Ben", party: "Bank", queue: "cards", handled: 20 },
  { agent: "Cai", party: "Lotus", queue: "cards", handled: 25 },
  { agent: "Dee", party: "Lotus", queue: "cards", handled: 6 },
] as const;
export const ABANDONED = 4;

const PEOPLE = {
  parties: [
    { name: "Bank", kind: "client" },
    { name: "Lotus", kind: "vendor" },
  ],
  teams: [
    { party: "Bank", name: "Blue" },
    { party: "Lotus", name: "Red" },
  ],
  skills: ["cards"],
  assistants: [],
  queues: ["cards", "loans"],
  agents: CONTACTS.map(({ agent, party }) => ({
    name: agent,
    memberships: [{ party, team: party === "Bank" ? "Blue" : "Red", fromDay: "2026-01-01" }],
  })),
  costRates: [],
};

export const MAPPING = {
  record: "contact",
  zone: "UTC",
  fields: {
    externalId: "id",
    channel: { constant: "call" },
    agent: "agent",
    queue: "queue",
    arrivedAt: { column: "at", format: "yyyy-MM-dd HH:mm:ss" },
    outcome: "outcome",
    waitSeconds: "wait",
    talkSeconds: "talk",
  },
};

/** Takes the centre into the store. `folder` is for its files. */
export async function takeCentre(store: Store, folder: string): Promise<void> {
  const organisation = join(folder, "organisation.json");
  await writeFile(organisation, JSON.stringify(PEOPLE));
  await takeOrganisation(store, { file: organisation, zone: "UTC", site: "Test" });
  const lines = ["id,agent,queue,at,outcome,wait,talk"];
  for (const { agent, queue, handled } of CONTACTS) {
    for (let i = 0; i < handled; i += 1) {
      lines.push(`${agent}-${i},${agent},${queue},${timeOf(i)},handled,${i % 40},${100 + i}`);
    }
  }
  for (let i = 0; i < ABANDONED; i += 1) {
    lines.push(`lost-${i},,cards,${timeOf(i)},abandoned,${30 + i},`);
  }
  const file = join(folder, "calls.csv");
  await writeFile(file, `${lines.join("\n")}\n`);
  const report = await importFile(store, {
    file,
    format: "table",
    source: "calls",
    mapping: MAPPING,
    zone: "UTC",
    installationKey: INSTALLATION_KEY,
    owner: "test",
    now: () => NOW,
  });
  if (report.rejected > 0) throw new Error(JSON.stringify(report.rejects[0]));
}

/** Both days in turn, from 9 in the morning, one every two minutes. */
function timeOf(i: number): string {
  const day = i % 2 === 0 ? "10" : "11";
  const minute = (i * 2) % 60;
  const hour = 9 + Math.floor((i * 2) / 60);
  const two = (value: number) => String(value).padStart(2, "0");
  return `2026-03-${day} ${two(hour)}:${two(minute)}:00`;
}

export interface TestServer {
  readonly api: string;
  readonly address: string;
  readonly server: RunningServer;
  readonly mounted: readonly Mounted[];
  /** The folder that uploads are kept in. */
  readonly uploads: string;
  /** What was logged, line by line. */
  readonly log: string[];
  /** A token of a user who is made for it. */
  token(role: Role, of?: { party?: string; agent?: string; days?: number }): Promise<string>;
  /** Asks as the holder of a token. */
  ask(path: string, token?: string, request?: RequestInit): Promise<Response>;
}

export interface ServerWish {
  readonly dashboards?: string;
  readonly mostUploadBytes?: number;
  /** The folder for uploads; one of its own where it is not said. */
  readonly uploads?: string;
}

/** Starts the application with every route there is, and `more`. */
export async function startServer(
  store: Store,
  more: readonly Mounted[] = [],
  given: ServerWish = {},
): Promise<TestServer> {
  const now = () => NOW;
  const log: string[] = [];
  const changes = await listenForWork(store);
  const desk = startTimetable({
    store,
    jobs: [job({ name: "quick" }), job({ name: "pull" })],
    now,
    owner: "test",
    clock: "none",
  });
  const importDesk = await openImportDesk(store, {
    ...{ installationKey: INSTALLATION_KEY, owner: "test", now },
    onError: (error) => log.push(String(error)),
  });
  const folder = given.uploads ?? mkdtempSync(join(tmpdir(), "muster-uploads-"));
  const room = { folder, mostBytes: given.mostUploadBytes ?? 64 * 1024 * 1024 };
  const mounted = [
    ...ACCESS_ROUTES,
    ...ACCOUNT_ROUTES,
    ...READING_ROUTES,
    ...noteRoutes(),
    ...COMPARE_ROUTES,
    ...STUDY_ROUTES,
    ...jobRoutes(desk),
    ...sourceRoutes(desk, { installationKey: INSTALLATION_KEY, owner: "test" }),
    ...rejectRoutes(INSTALLATION_KEY),
    ...uploadRoutes({ desk: importDesk, room }),
    ...AGENT_JOIN_ROUTES,
    ...workRoutes({ changes, settings: WORK_SETTINGS }),
    ...liveRoutes({ changes }),
    ...more,
  ];
  const logger = pino({ level: "error" }, { write: (line: string) => void log.push(line) });
  const dashboards = given.dashboards ?? "/nowhere";
  const context = { store, now };
  const options = { context, mounted, logger, dashboards, streamsAskEveryMs: 50 };
  const server = await listen(options, { port: 0, host: "127.0.0.1" });
  afterAll(async () => {
    await server.close();
    await desk.stop();
    await importDesk.close();
    if (given.uploads === undefined) rmSync(folder, { recursive: true, force: true });
    await changes.close();
  });
  const address = `http://127.0.0.1:${server.port}`;
  const api = `${address}/api/v1`;
  let users = 0;
  return {
    api,
    address,
    server,
    mounted,
    uploads: folder,
    log,
    async token(role, of = {}) {
      users += 1;
      const idOf = async (table: "party" | "agent", name: string | undefined) =>
        name === undefined ? null : ((await idsOfName(store.db, table, name))[0] ?? null);
      const partyId = await idOf("party", of.party);
      const agentId = await idOf("agent", of.agent);
      const user = { name: `${role} ${users}`, role, partyId, agentId };
      return issueToken(store, { user, name: "test", now: NOW, days: of.days ?? 1 });
    },
    ask(path, token, request = {}) {
      const headers = new Headers(request.headers);
      if (token !== undefined) headers.set("authorization", `Bearer ${token}`);
      if (request.body)
        headers.set("content-type", headers.get("content-type") ?? "application/json");
      return fetch(path.startsWith("/api") ? `${address}${path}` : `${api}${path}`, {
        redirect: "manual",
        ...request,
        headers,
      });
    },
  };
}

/** The problem document of an answer, which must be one. */
export async function problemIn(response: Response): Promise<{ status: number; code: string }> {
  const type = response.headers.get("content-type");
  if (type?.startsWith("application/problem+json") !== true) {
    throw new Error(`${response.status} ${type}: ${await response.text()}`);
  }
  const { status, code, type: kind, title } = (await response.json()) as Record<string, unknown>;
  if (status !== response.status) throw new Error(`${status} in a body of ${response.status}`);
  if (typeof title !== "string" || kind !== "about:blank") throw new Error("no problem document");
  return { status: status as number, code: code as string };
}
