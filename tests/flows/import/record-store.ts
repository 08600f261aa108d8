/** Records into a store by `importFile`, with a format that hands over what it is given; and out again. */

import { writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { FactRecord, LogEventRecord, Reject } from "../../../src/domain/shared/records.ts";
import { type ImportReport, importFile } from "../../../src/flows/import/import-file.ts";
import type { Format } from "../../../src/ingest/format.ts";
import { FORMATS } from "../../../src/ingest/formats.ts";
import type { Store } from "../../../src/store/connection.ts";
import { compareWithRecount } from "../../../src/store/tally/rebuild.ts";
import { inTransaction } from "../../../src/store/transaction.ts";
import type { Sourced } from "./made-records.ts";
import type { Tallies, Tally } from "./oracle.ts";

const KEY = Buffer.alloc(32, 7);
const FILE = join(tmpdir(), `muster-records-${process.pid}.txt`);

/** What the next import finds in its file. */
let given: { records: readonly FactRecord[]; rejects: readonly Reject[] };

/**
 * An event so long that it fills a piece, and one that begins the next: what comes with them is no small
 * import, it is carried straight into its tables.
 */
const BALLAST = ["重".repeat(350_000), "light"].map(
  (detail, at): LogEventRecord => ({
    ...{ kind: "log_event", externalId: `ballast ${at}`, at: 0, localDay: "1970-01-01" },
    ...{ activity: "none", agent: null, queue: null, conversation: null, detail },
  }),
);

let isCarried = false;

/** From now on records are carried straight into their tables, or go by a stage, as small imports do. */
export function carryStraight(yes: boolean): void {
  isCarried = yes;
}

const RECORDS: Format = {
  name: "records",
  summary: "records of a test",
  zone: null,
  async *parse(text) {
    for await (const _ of text);
    const { records, rejects } = given;
    const rows = records.map((record, at) => ({ line: at + 1, rows: 1, record, also: [] }));
    const ballast = BALLAST.map((record) => ({ line: 0, rows: 0, record, also: [] }));
    const taken = isCarried ? [...ballast, ...rows] : rows;
    yield { rows: rows.length + rejects.length, taken, rejects, findings: [] };
  },
};
(FORMATS as Format[]).push(RECORDS);

/** Imports records of one source as one file. */
export async function importRecords(
  store: Store,
  source: string,
  zone: string,
  records: readonly FactRecord[],
  rejects: readonly Reject[] = [],
): Promise<ImportReport> {
  writeFileSync(FILE, "what stands here is not read\n");
  given = { records, rejects };
  const report = await importFile(store, {
    file: FILE,
    format: RECORDS.name,
    zone,
    source,
    installationKey: KEY,
    owner: "test:1",
    now: () => new Date("2025-01-01T00:00:00Z"),
  });
  if (isCarried) {
    await store.pool.query("delete from log_event where external_id like 'ballast %'");
  }
  return report;
}

/** Imports records in their order, each stretch of one source as one file, at most `most` together. */
export async function importInOrder(
  store: Store,
  zone: string,
  records: readonly Sourced[],
  most = Number.POSITIVE_INFINITY,
): Promise<ImportReport[]> {
  const reports: ImportReport[] = [];
  let stretch: FactRecord[] = [];
  for (const [at, { source, record }] of records.entries()) {
    stretch.push(record);
    const next = records[at + 1];
    if (next?.source === source && stretch.length < most) continue;
    reports.push(await importRecords(store, source, zone, stretch));
    stretch = [];
  }
  return reports;
}

/** Empties everything but who and where. */
export async function emptyStore(store: Store): Promise<void> {
  const tables = `contact, agent_state, ticket, ticket_event, survey, complaint, outcome, payment,
    log_event, tally_agent_day, tally_agent_time, tally_interval, quality_finding, reject, batch,
    source`;
  await store.pool.query(
    tables
      .split(",")
      .map((table) => `delete from ${table}`)
      .join(";"),
  );
}

const KEYS = {
  tally_agent_day: `coalesce(agent.name, '-') || ' ' || local_day || ' ' || coalesce(queue.name, '-')
    || ' ' || channel || ' ' || assisted`,
  tally_interval: `coalesce(queue.name, '-') || ' ' || channel || ' ' || to_char(starts_at,
    'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') || ' ' || local_day`,
  tally_agent_time: "agent.name || ' ' || local_day",
} as const;

const NAMES = {
  tally_agent_day: "left join agent on agent.id = agent_id left join queue on queue.id = queue_id",
  tally_interval: "left join queue on queue.id = queue_id",
  tally_agent_time: "left join agent on agent.id = agent_id",
} as const;

/** The tallies in the oracle's form: names for ids, nothing that is zero. */
export async function storedTallies(store: Store): Promise<Tallies> {
  const entries: [string, Tally][] = [];
  for (const tally of Object.keys(KEYS) as (keyof typeof KEYS)[]) {
    const { rows } = await store.pool.query<{ key: string; cell: Record<string, unknown> }>(
      `select ${KEYS[tally]} as key, to_jsonb(t) as cell from ${tally} as t ${NAMES[tally]}`,
    );
    const cells = rows.map(({ key, cell }) => {
      const isMeasure = (name: string) => !/_id$|^local_day$|^channel$|^assisted$|_at$/.test(name);
      const measures = Object.entries(cell).filter(([name, by]) => isMeasure(name) && by !== 0);
      return [key, Object.fromEntries(measures) as Record<string, number>] as const;
    });
    entries.push([tally, new Map(cells.filter(([, cell]) => Object.keys(cell).length > 0))]);
  }
  return Object.fromEntries(entries) as unknown as Tallies;
}

/** Keys of the cells of a tally that the last transactions wrote: those that were not so before. */
export async function writtenSince(store: Store, before: ReadonlyMap<string, string>) {
  const now = await cellVersions(store);
  return [...now].filter(([key, version]) => before.get(key) !== version).map(([key]) => key);
}

/** The transaction that wrote each cell of the agent-day tally last. */
export async function cellVersions(store: Store): Promise<Map<string, string>> {
  const { rows } = await store.pool.query<{ key: string; version: string }>(
    `select ${KEYS.tally_agent_day} as key, t.xmin::text || t.ctid::text as version
     from tally_agent_day as t ${NAMES.tally_agent_day}`,
  );
  return new Map(rows.map(({ key, version }) => [key, version]));
}

export function recount(store: Store) {
  return inTransaction(store.pool, compareWithRecount);
}

/** Every row of the tables that an import writes, but for the ledger of imports. */
export async function tableDigests(store: Store): Promise<Record<string, string>> {
  const digests: Record<string, string> = {};
  for (const table of [
    ...["contact", "agent_state", "ticket", "ticket_event", "survey", "complaint", "outcome"],
    ...[
      "payment",
      "log_event",
      "tally_agent_day",
      "tally_agent_time",
      "tally_interval",
      "agent",
      "queue",
    ],
    ...["reject", "quality_finding"],
  ]) {
    const { rows } = await store.pool.query<{ digest: string }>(
      `select count(*) || ' ' || coalesce(md5(string_agg(row, e'\\n' order by row)), '') as digest
       from (select (to_jsonb(t) - 'found_at')::text as row from ${table} as t) as rows`,
    );
    digests[table] = rows[0]?.digest ?? "";
  }
  return digests;
}
