/**
 * Ticket event logs: hand-made rows, and two real logs against counts that awk makes of the text.
 */

import { execFileSync } from "node:child_process";
import { DateTime } from "luxon";
import { describe, expect, it } from "vitest";
import type { TicketEventRecord } from "../../src/domain/shared/records.ts";
import { eventLog } from "../../src/ingest/event-log.ts";
import { REAL_DATA, realFile } from "../support/real-data.ts";
import { brief, faultOf, parseFile, parseText, type Whole } from "./reading.ts";

function events(whole: Whole): TicketEventRecord[] {
  return whole.records.filter((one) => one.kind === "ticket_event");
}

describe("ticket events", () => {
  it.each([
    "case_id,concept:name,org:resource,time:timestamp,org:group",
    "Case ID,Activity,Resource,Complete Timestamp,org:group",
    "case:concept:name,concept:name,org:resource,time:timestamp,org:group",
  ])("are found by the customary names %s", async (header) => {
    const text = `${header}\nT1,Closed,Ann,2024-03-05T10:00:00+02:00,line 2\n`;
    expect(events(await parseText(eventLog, text))[0]).toMatchObject({
      ticket: "T1",
      activity: "Closed",
      agent: "Ann",
      queue: "line 2",
      at: Date.UTC(2024, 2, 5, 8),
      localDay: "2024-03-05",
      effect: "closed",
    });
  });

  it("are found by a mapping, in its zone and format", async () => {
    const mapping = {
      columns: { case: "Ticket", activity: "Step", time: "When", customer: "Who" },
      dateFormats: ["dd.MM.yyyy HH:mm"],
      zone: "Asia/Shanghai",
      effects: { DONE: "resolved", closed: null },
    };
    const text = "Ticket;Step;When;Who\nT1;done;05.03.2024 00:30;c9\nT1;Closed;05.03.2024 01:00;c9";
    expect(events(await parseText(eventLog, text, { mapping }))).toMatchObject([
      { at: Date.UTC(2024, 2, 4, 16, 30), localDay: "2024-03-05", effect: "resolved" },
      { customer: "c9", effect: null },
    ]);
  });

  it.each([
    ["Resolve ticket", "resolved"],
    ["RESOLVED", "resolved"],
    ["Completed-Closed", "closed"],
    ["Close", "closed"],
    ["Reopened", "reopened"],
    ["re-open", "reopened"],
    ["Insert ticket", "opened"],
    ["Accepted-In Progress", null],
    ["Disclosed", null],
    ["Unresolved", null],
  ])("%s: %s", async (activity, effect) => {
    const text = `case,activity,time\n1,${activity},2024-01-01\n`;
    expect(events(await parseText(eventLog, text))[0]?.effect).toBe(effect);
  });

  it("alike in case, time, activity, resource and lifecycle are one event", async () => {
    const text = `case,activity,resource,time,lifecycle
1,a,x,2024-01-01 10:00,start
1,a,x,2024-01-01 10:00,start
1,a,x,2024-01-01 10:00,complete
1,a,y,2024-01-01 10:00,start`;
    const ids = events(await parseText(eventLog, text)).map((one) => one.externalId);
    expect(ids).toHaveLength(4);
    expect(new Set(ids).size).toBe(3);
  });

  it("that cannot be taken are rejected whole", async () => {
    const text = "case,activity,time\n,a,2024-01-01\n1,=a,2024-01-01\n1,a,1.1.2024\n1,a\n";
    const { rejects } = await parseText(eventLog, text);
    expect(rejects.map(brief).sort()).toEqual([
      [2, "missing_field", "case", ""],
      [3, "formula_in_cell", "activity", "=a"],
      [4, "invalid_date", "time", "1.1.2024"],
      [5, "wrong_columns", "row", "2 columns"],
    ]);
    expect(rejects.find((one) => one.line === 4)).toMatchObject({
      expected: "a time as iso",
      raw: "1,a,1.1.2024",
    });
  });

  it("need their columns, and a mapping that is one", async () => {
    const fault = await faultOf(parseText(eventLog, "a,b\n1,2\n"));
    expect(fault.code).toBe("missing_column");
    expect(fault.faults.map((one) => one.path)).toEqual([
      "columns.case",
      "columns.activity",
      "columns.time",
    ]);
    const mapping = { columns: { cse: "x" }, effects: { a: "burnt" }, zone: 5 };
    const wrong = await faultOf(parseText(eventLog, "a\n1\n", { mapping }));
    expect(wrong.code).toBe("invalid_mapping");
    expect(wrong.faults.map((one) => one.path).sort()).toEqual([
      "mapping.columns",
      "mapping.effects.a",
      "mapping.zone",
    ]);
  });
});

describe.skipIf(REAL_DATA === null)("real ticket logs", () => {
  const shell = (file: string, program: string) =>
    execFileSync("sh", ["-c", `gzip -dc "$0" | tail -n +2 | ${program}`, realFile(file)])
      .toString()
      .trim();

  it.each([
    ["tickets/bpi2013_closed_problems.csv.gz", "UTC", 6660, "$2"],
    ["tickets/helpdesk.csv.gz", "Europe/Rome", 21_348, "$2"],
  ])("%s: rows, duplicates and activities", async (file, zone, rows, column) => {
    const whole = await parseFile(eventLog, realFile(file), { zone });
    expect([whole.rows, whole.rejects.length]).toEqual([rows, 0]);
    const all = events(whole);
    const ids = new Set(all.map((one) => one.externalId));
    const extra = Number(
      shell(file, "cut -d, -f1-5 | sort | uniq -d -c | awk '{n+=$1-1}END{print n+0}'"),
    );
    expect(all.length - ids.size).toBe(extra);
    const counts = new Map<string, number>();
    for (const { activity } of all) counts.set(activity, (counts.get(activity) ?? 0) + 1);
    const ours = [...counts].map(([activity, count]) => `${count} ${activity}`);
    const program = `awk -F, '{n[${column}]++} END {for (a in n) print n[a], a}'`;
    expect(ours.sort()).toEqual(shell(file, program).split("\n").sort());
  });

  it("hand-offs between people are those that awk counts", async () => {
    for (const [file, agent] of [
      ["tickets/bpi2013_closed_problems.csv.gz", "$4"],
      ["tickets/helpdesk.csv.gz", "$3"],
    ] as const) {
      const all = events(await parseFile(eventLog, realFile(file)));
      const last = new Map<string, string | null>();
      let handOffs = 0;
      for (const one of all) {
        if (last.has(one.ticket) && last.get(one.ticket) !== one.agent) handOffs++;
        last.set(one.ticket, one.agent);
      }
      const program = `awk -F, '($1 in p) && p[$1] != ${agent} {n++} {p[$1]=${agent}} END {print n}'`;
      expect(handOffs).toBe(Number(shell(file, program)));
    }
  });

  it("times keep their offset, or are local", async () => {
    const problems = events(
      await parseFile(eventLog, realFile("tickets/bpi2013_closed_problems.csv.gz")),
    );
    expect(problems[0]?.at).toBe(DateTime.fromISO("2006-01-11T16:49:42.000+02:00").toMillis());
    const zone = "Europe/Rome";
    const desk = events(await parseFile(eventLog, realFile("tickets/helpdesk.csv.gz"), { zone }));
    expect(desk[0]?.at).toBe(DateTime.fromISO("2012-10-09T14:50:17", { zone }).toMillis());
  });
});
