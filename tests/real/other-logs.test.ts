/** The other real logs through the store, beside awk and a real Asterisk's own call records. */

import { readFileSync } from "node:fs";
import Papa from "papaparse";
import { describe, expect, it } from "vitest";
import type { Grouping } from "../../src/domain/shared/vocabulary.ts";
import { importFile } from "../../src/flows/import/import-file.ts";
import { measure } from "../../src/flows/read/measure.ts";
import { askingOf, UNBOUNDED } from "../../src/flows/read/scope.ts";
import type { Store } from "../../src/store/connection.ts";
import { recount, tableDigests } from "../flows/import/record-store.ts";
import { testDatabase } from "../support/database.ts";
import { REAL_DATA, realFile } from "../support/real-data.ts";
import { shell, shellTable } from "./shell.ts";

const NOW = new Date("2027-01-01T00:00:00Z");

function take(store: Store, file: string, wish: { format: string; zone: string; map?: string }) {
  const mapping =
    wish.map === undefined
      ? null
      : JSON.parse(readFileSync(`tests/ingest/mappings/${wish.map}.json`, "utf8"));
  return importFile(store, {
    ...{ file: realFile(file), format: wish.format, zone: wish.zone, mapping },
    ...{ source: wish.map ?? wish.format, installationKey: Buffer.alloc(32, 7) },
    ...{ owner: "test:1", now: () => NOW },
  });
}

async function metrics(store: Store, from: string, to: string, by: readonly Grouping[]) {
  const asking = await askingOf(store, { from, to }, UNBOUNDED, NOW);
  return measure(store, asking, { by, threshold: 20 });
}

describe.skipIf(REAL_DATA === null)("one log of 5,000 calls in two dialects", async () => {
  const [plain, semicolon] = [await testDatabase(), await testDatabase()];

  it("gives identical metrics, and awk's sums", async () => {
    for (const [store, file, map] of [
      [plain, "pwc/Call-Center-Dataset.csv", "pwc"],
      [semicolon, "pwc/Call-Center-Dataset_semicolon_eu.csv", "pwc-semicolon"],
    ] as const) {
      const report = await take(store, file, { format: "table", zone: "UTC", map });
      expect([report.rows, report.accepted]).toEqual([5000, 5000]);
    }
    const of = async (store: Store, by: readonly Grouping[]) =>
      (await metrics(store, "2021-01-01", "2021-04-01", by)).map((row) =>
        Object.fromEntries(Object.entries(row).filter(([name]) => !name.endsWith("Id"))),
      );
    for (const by of [[], ["agent"], ["queue"], ["day"], ["agent", "queue", "week"]] as const) {
      expect(await of(semicolon, by)).toEqual(await of(plain, by));
    }
    const [sums] = shellTable(
      "pwc/Call-Center-Dataset.csv",
      `tail -n +2 | awk -F, '$7 == "Y" { split($10, t, ":"); n++; wait += $9
         talk += t[1] * 3600 + t[2] * 60 + t[3]; if ($9 <= 20) within++ }
         $8 == "Y" { resolved++ } $11 + 0 > 0 { c++; s += $11 }
         END { print n, NR, wait / n, talk / n, within / NR, s / c, c, resolved }'`,
    );
    const [handled, offered, wait, talk, within, score, surveys, resolved] = (sums ?? []).map(
      Number,
    );
    const [row] = await of(plain, []);
    expect(row).toMatchObject({ handled, offered, surveys, actions: resolved });
    for (const [id, expected] of [
      ["averageSpeedOfAnswerSeconds", wait],
      ["meanHandleSeconds", talk],
      ["serviceLevel", within],
      ["satisfactionMean", score],
    ] as const) {
      // awk prints six digits.
      expect(Number(row?.[id]) / Number(expected)).toBeCloseTo(1, 5);
    }
  });
});

/**
 * A hand-off is an event of another resource than the event before it in its case. Rows stand in the
 * order of time, and where two have the same time they have the same resource (awk counts 0 others),
 * so that the order our store gives to equal times, that of ids, makes no difference here.
 */
describe.skipIf(REAL_DATA === null)("the ticket logs", () => {
  it.each([
    [
      "tickets/bpi2013_closed_problems.csv.gz",
      "Europe/Stockholm",
      6660,
      "$4",
      "$5",
      "2006",
      "2013",
    ],
    ["tickets/helpdesk.csv.gz", "Europe/Rome", 21_348, "$3", "$4", "2010", "2015"],
  ])("%s: hand-offs are awk's", async (file, zone, rows, who, when, from, to) => {
    const ties = `NR > 1 { k = $1 " " ${when}; if ((k in r) && r[k] != ${who}) n++; r[k] = ${who} }
      NR > 1 && ($1 in t) && ${when} < t[$1] { n++ } { t[$1] = ${when} } END { print n + 0 }`;
    expect(shell(file, `awk -F, '${ties}'`)).toBe("0");
    const store = await testDatabase();
    const report = await take(store, file, { format: "event-log", zone });
    expect(report.rows).toBe(rows);
    expect(report.accepted + report.duplicates).toBe(rows);
    const extra = shell(
      file,
      "cut -d, -f1-5 | sort | uniq -d -c | awk '{ n += $1 - 1 } END { print n + 0 }'",
    );
    expect(report.duplicates).toBe(Number(extra));
    const byAgent = shellTable(
      file,
      `awk -F, 'NR > 1 { if (($1 in p) && p[$1] != ${who}) n[p[$1]]++; p[$1] = ${who} }
         END { for (a in n) print n[a], a }'`,
    ).map(([count, ...name]) => [name.join(" "), Number(count)] as const);
    const ours = await store.pool.query<{ name: string; hand_offs: number }>(
      `select name, sum(hand_offs)::int8 as hand_offs from tally_agent_day
       join agent on agent.id = agent_id group by 1 having sum(hand_offs) > 0`,
    );
    expect(new Map(ours.rows.map((row) => [row.name, row.hand_offs]))).toEqual(new Map(byAgent));
    const total = byAgent.reduce((sum, [, count]) => sum + count, 0);
    const [all] = await metrics(store, `${from}-01-01`, `${to}-01-01`, []);
    expect(all?.handOffs).toBe(total);
    const tickets = await store.pool.query(
      `select count(*)::int8 as tickets, sum(hand_offs)::int8 as hand_offs,
         sum(events)::int8 as events from ticket`,
    );
    const cases = Number(shell(file, "tail -n +2 | cut -d, -f1 | sort -u | wc -l"));
    expect(tickets.rows[0]).toEqual({ tickets: cases, hand_offs: total, events: report.accepted });
  });
});

describe.skipIf(REAL_DATA === null)("a real Asterisk's queue_log", async () => {
  const store = await testDatabase();
  const LOG = "asterisk/queue_log";

  it("goes in with every event accounted for", async () => {
    const report = await take(store, LOG, { format: "asterisk-queue-log", zone: "UTC" });
    const { rows, accepted, duplicates, replaced, rejected } = report;
    expect([rows, accepted + duplicates + replaced, rejected]).toEqual([2501, 2501, 0]);
    const events = new Map(
      shellTable(LOG, "awk -F'|' '{ n[$5]++ } END { for (e in n) print e, n[e] }'").map(
        ([event, count]) => [event ?? "", Number(count)],
      ),
    );
    const count = (...names: string[]) =>
      names.reduce((sum, name) => sum + (events.get(name) ?? 0), 0);
    const { rows: tallied } = await store.pool.query(
      `select sum(contacts)::int8 as contacts, sum(handled)::int8 as handled,
         sum(abandoned)::int8 as abandoned, sum(redirected)::int8 as redirected,
         sum(transferred)::int8 as transferred, sum(unfinished)::int8 as unfinished
       from tally_agent_day`,
    );
    const handled = count("COMPLETEAGENT", "COMPLETECALLER", "BLINDTRANSFER");
    const redirected = count("EXITWITHTIMEOUT", "EXITWITHKEY");
    const contacts = count("ENTERQUEUE");
    const abandoned = count("ABANDON");
    expect(tallied[0]).toEqual({
      ...{ contacts, handled, abandoned, redirected, transferred: count("BLINDTRANSFER") },
      unfinished: contacts - handled - abandoned - redirected,
    });
    const kept = await store.pool.query<{ activity: string; count: number }>(
      "select activity, count(*)::int8 as count from log_event group by 1",
    );
    const loose = new Map(kept.rows.map((row) => [row.activity, row.count]));
    const calls = ["ENTERQUEUE", "CONNECT", "ABANDON", "COMPLETEAGENT", "COMPLETECALLER"];
    const ends = ["BLINDTRANSFER", "EXITWITHTIMEOUT", "EXITWITHKEY"];
    const pauses = ["PAUSE", "UNPAUSE", "UNPAUSEALL"];
    const others = [...events.keys()].filter(
      (event) => ![...calls, ...ends, ...pauses].includes(event),
    );
    expect(others.sort()).toEqual(["QUEUESTART", "RINGCANCELED", "RINGNOANSWER"]);
    for (const event of others) expect(loose.get(event)).toBe(count(event));
    // Two lines make one pause; a line without its other half is kept as an event.
    const states = await store.pool.query<{ count: number }>(
      "select count(*)::int8 as count from agent_state where state = 'aux'",
    );
    const alone = pauses.reduce((sum, event) => sum + (loose.get(event) ?? 0), 0);
    expect(2 * Number(states.rows[0]?.count) + alone).toBe(count(...pauses));
  });

  it("has the calls of the CDR that the same Asterisk wrote, by queue and agent", async () => {
    // Queue legs that an agent answered: application Queue, ANSWERED, with a channel to the agent.
    const cdr = Papa.parse<string[]>(readFileSync(realFile("asterisk/Master.csv"), "utf8").trim());
    const answered = cdr.data.filter(
      (cells) => cells[7] === "Queue" && cells[14] === "ANSWERED" && cells[6] !== "",
    );
    const tallyOf = (names: readonly string[]) => {
      const counts: Record<string, number> = {};
      for (const name of names) counts[name] = (counts[name] ?? 0) + 1;
      return counts;
    };
    const queueOf = (cells: readonly string[]) => (cells[8] ?? "").split(",")[0] ?? "";
    const rows = await metrics(store, "2026-11-01", "2026-12-01", ["queue"]);
    const ours = Object.fromEntries(rows.map((row) => [row.queue, row.handled]));
    expect(ours).toEqual(tallyOf(answered.map(queueOf)));
    // The CDR knows agents by extension and the log by name: their numbers of calls must be the same.
    const agents = await metrics(store, "2026-11-01", "2026-12-01", ["agent"]);
    const numbers = agents.filter((row) => row.agent !== null).map((row) => Number(row.handled));
    const extensions = answered.map((cells) => /\/(a\d\d)@/.exec(cells[6] ?? "")?.[1] ?? "none");
    const up = (a: number, b: number) => a - b;
    expect(numbers.sort(up)).toEqual(Object.values(tallyOf(extensions)).sort(up));
    // Talk time: the agent's own record ends in ;2 and lasts as long, whole seconds each.
    const byChannel = new Map(cdr.data.map((cells) => [cells[5], Number(cells[13])]));
    const talk = answered.reduce(
      (sum, cells) => sum + (byChannel.get((cells[6] ?? "").replace(";1", ";2")) ?? Number.NaN),
      0,
    );
    const [all] = await metrics(store, "2026-11-01", "2026-12-01", []);
    const stored = Number(all?.meanTalkSeconds) * Number(all?.handled);
    expect(Math.abs(stored - talk)).toBeLessThanOrEqual(answered.length);
  });

  it("changes nothing when it comes again", async () => {
    const before = await tableDigests(store);
    const again = await take(store, LOG, { format: "asterisk-queue-log", zone: "UTC" });
    expect([again.rows, again.duplicates]).toEqual([2501, 2501]);
    expect(await tableDigests(store)).toEqual(before);
    expect((await recount(store)).differences).toEqual([]);
  });
});
