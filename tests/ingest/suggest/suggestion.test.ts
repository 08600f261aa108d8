/**
 * Suggested mappings: the bench's own file, every kind of record, names of vendors and in Chinese, units,
 * zones, doubt that is said, and tables made at random whose right answer is known.
 */

import { readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { BENCH_MAPPING, writeBenchFile } from "../../../src/bench/bench-file.ts";
import { suggestMapping } from "../../../src/ingest/suggest/suggestion.ts";
import { table } from "../../../src/ingest/table.ts";
import { parseText } from "../reading.ts";
import { columnsByField, suggested, warningsOf } from "./suggesting.ts";

it("gives the bench's file a mapping with the effect of the one written by hand", async () => {
  const path = join(tmpdir(), `muster-suggest-${process.pid}.csv`);
  await writeBenchFile(path, 1500, 7);
  const text = await readFile(path, "utf8");
  await rm(path);
  const { mapping } = suggested(text.trim().split("\n"));
  const [ours, byHand] = [mapping, BENCH_MAPPING].map((one) =>
    parseText(table, text, { mapping: one, zone: "UTC" }),
  );
  expect((await ours)?.records).toEqual((await byHand)?.records);
  expect((await ours)?.rejects).toEqual([]);
});

describe("kinds of records", () => {
  it.each([
    [
      "contact",
      ["uniqueid,src,dst,start,answer,end,billsec,disposition"],
      ["1.1,4930,q1,2024-01-02 10:00:00,2024-01-02 10:00:05,2024-01-02 10:01:00,55,ANSWERED"],
      { externalId: "uniqueid", customer: "src", arrivedAt: "start", answeredAt: "answer" },
    ],
    [
      "contact",
      ["通话编号,坐席工号,技能组,进线时间,接听时间,挂机时间,等待时长,通话时长,通话结果"],
      ["a1,8001,卡,2024-01-02 10:00:00,2024-01-02 10:00:05,2024-01-02 10:01:00,5,55,已接听"],
      {
        externalId: "通话编号",
        agent: "坐席工号",
        queue: "技能组",
        arrivedAt: "进线时间",
        endedAt: "挂机时间",
        talkSeconds: "通话时长",
      },
    ],
    [
      "contact",
      ["conversationId,conversationStart,conversationEnd,queueName,agentName,mediaType,tTalk,tAcw"],
      ["c1,2024-01-02T10:00:00Z,2024-01-02T10:01:00Z,Cards,Ann,voice,60000,5000"],
      { externalId: "conversationId", arrivedAt: "conversationStart", queue: "queueName" },
    ],
    [
      "ticket_event",
      ["ticket_id,event,created_at,assignee"],
      ["7,opened,2024-01-02 10:00:00,Ann"],
      { ticket: "ticket_id", activity: "event", at: "created_at", effect: "event" },
    ],
    [
      "survey",
      ["survey_id,call_id,csat,answered_at"],
      ["s1,c1,4,2024-01-02 10:00:00"],
      { externalId: "survey_id", contact: "call_id", score: "csat", answeredAt: "answered_at" },
    ],
    [
      "complaint",
      ["complaint_id,call_id,received_at,agent,upheld"],
      ["k1,c1,2024-01-02 10:00:00,Ann,Y"],
      { externalId: "complaint_id", receivedAt: "received_at", upheld: "upheld" },
    ],
    [
      "outcome",
      ["id,action,call_id,occurred_at,amount,currency"],
      ["o1,sale,c1,2024-01-02 10:00:00,12.50,EUR"],
      { externalId: "id", action: "action", occurredAt: "occurred_at", amount: "amount" },
    ],
    [
      "agent_state",
      ["agent,state,start_time,end_time"],
      ["Ann,Available,2024-01-02 10:00:00,2024-01-02 11:00:00"],
      { agent: "agent", state: "state", startsAt: "start_time", endsAt: "end_time" },
    ],
  ])("%s from %s", (record, header, rows, columns) => {
    const suggestion = suggested([...header, ...rows]);
    expect(suggestion.mapping.record).toBe(record);
    expect(columnsByField(suggestion)).toMatchObject(columns);
  });
});

describe("what cells decide", () => {
  const contacts = (times: readonly string[], header = "call_id,call_start,agent") =>
    suggested([header, ...times.map((time, at) => `c${at},${time},Ann`)]);

  it.each([
    [["31.01.2024 9:05", "01.02.2024 10:00"], "dd.MM.yyyy H:mm"],
    [["1/31/2024 9:05 PM", "2/1/2024 10:00 AM"], "M/d/yyyy h:mm a"],
    [["31-Jan-24 09:05", "1-Feb-24 10:00"], "d-MMM-yy HH:mm"],
    [["20240131 09:05:00", "20240201 10:00:00"], "yyyyMMdd HH:mm:ss"],
    [["1706692000", "1706693000"], "epoch_seconds"],
    [["1706692000123", "1706693000456"], "epoch_ms"],
    [["2024-01-31T09:05:00+08:00", "2024-02-01T10:00:00+08:00"], "iso"],
    [["2024年1月31日 09:05:00", "2024年2月1日 10:00:00"], "yyyy年M月d日 HH:mm:ss"],
  ])("times such as %s", (times, format) => {
    const { mapping } = contacts(times);
    expect(mapping.fields.arrivedAt).toMatchObject({ column: "call_start", format });
  });

  it("day or month first that nothing decides is said, and the first is taken", () => {
    const unclear = contacts(["01/02/2024 09:00", "03/04/2024 09:00"]);
    expect(unclear.mapping.fields.arrivedAt).toMatchObject({ format: "dd/MM/yyyy HH:mm" });
    expect(warningsOf(unclear)).toContain("AMBIGUOUS: MM/dd/yyyy HH:mm");
    const decided = contacts(["01/02/2024 09:00", "03/14/2024 09:00"]);
    expect(decided.mapping.fields.arrivedAt).toMatchObject({ format: "MM/dd/yyyy HH:mm" });
    expect(warningsOf(decided)).not.toContain("AMBIGUOUS");
  });

  it("dirt among the dates is not read with day and month swapped", () => {
    const days = Array.from({ length: 28 }, (_, at) => `${at + 1}.01.2024 09:00`);
    const { mapping } = contacts([...days, "01.28.2024 09:00"]);
    expect(mapping.fields.arrivedAt).toMatchObject({ format: "d.MM.yyyy HH:mm" });
  });

  it("a zone only from offsets", () => {
    expect(contacts(["2024-01-31T09:05:00Z"]).mapping.zone).toBe("UTC");
    expect(contacts(["2024-01-31T09:05:00+03:00"]).mapping.zone).toBe("Etc/GMT-3");
    for (const time of ["2024-01-31 09:05:00", "1706692000"]) {
      expect(contacts([time]).mapping.zone).toBeUndefined();
      expect(warningsOf(contacts([time]))).toContain("--zone is needed");
    }
  });

  it.each([
    ["talk_seconds", ["61", "3"], "seconds"],
    ["talk_ms", ["61", "3"], "ms"],
    ["tTalk", ["61000", "30000"], "ms"],
    ["talk_minutes", ["1.5", "3"], "minutes"],
    ["talk", ["0:01:01", "1:00:03"], "hh:mm:ss"],
    ["talk", ["12:01:01 AM", "1:00:03 AM"], "12h_clock"],
  ])("durations: %s with %j", (name, values, unit) => {
    const rows = values.map((value, at) => `c${at},2024-01-0${at + 1} 09:00:00,${value}`);
    const { mapping } = suggested([`call_id,call_start,${name}`, ...rows]);
    expect(mapping.fields.talkSeconds).toEqual({ column: name, unit });
  });

  it("the meaning of values, and those without one", () => {
    const at = "2024-01-02 10:00:00";
    const suggestion = suggested([
      "call_id,call_start,result,channel",
      ...["answered,Voice", "Abandoned in queue,Voice", "mystery,Web chat"].flatMap((end, row) => [
        `a${row},${at},${end}`,
        `b${row},${at},answered,Voice`,
      ]),
    ]);
    expect(suggestion.mapping.fields).toMatchObject({
      outcome: {
        values: { answered: "handled", "Abandoned in queue": "abandoned", mystery: "unfinished" },
      },
      channel: { values: { Voice: "call", "Web chat": "chat" } },
    });
    expect(warningsOf(suggestion)).toContain('"mystery" are not known');
  });

  it("two columns that fit equally well are both named", () => {
    const suggestion = suggested([
      "call_id,call_start,Call Start,agent",
      "c1,2024-01-02 10:00:00,2024-01-02 10:00:00,Ann",
    ]);
    expect(columnsByField(suggestion).arrivedAt).toBe("call_start");
    expect(warningsOf(suggestion)).toContain("Call Start fits equally well");
  });

  it("columns without a field are listed with three samples, control characters hidden", () => {
    const { unused } = suggested([
      "call_id,call_start,agent,<b>\u001b[31mx</b>",
      ...[1, 2, 3, 4].map((row) => `c${row},2024-01-02 10:00:00,Ann,<script>${row}`),
    ]);
    expect(unused).toEqual([
      { column: "<b>?[31mx</b>", samples: ["<script>1", "<script>2", "<script>3"] },
    ]);
  });
});

it("a table that fits nothing is told what was looked for", () => {
  const rows = [["pear", "green", "3"]];
  const answer = suggestMapping({ header: ["fruit", "colour", "n"], rows, layout: "delimited" });
  expect(answer).toMatchObject({ found: false });
  expect(answer.found ? [] : answer.lookedFor[0]).toEqual({
    record: "contact",
    missing: ["externalId", "arrivedAt"],
  });
});

describe("tables made at random", () => {
  const two = (value: number) => String(value).padStart(2, "0");
  /** Each as this test writes it, so that the right answer is known. */
  const FORMATS: Record<string, (date: Date) => string> = {
    "yyyy-MM-dd HH:mm:ss": (date) => date.toISOString().slice(0, 19).replace("T", " "),
    "dd.MM.yyyy HH:mm:ss": (date) =>
      `${two(date.getUTCDate())}.${two(date.getUTCMonth() + 1)}.${date.getUTCFullYear()} ` +
      date.toISOString().slice(11, 19),
    "MM/dd/yyyy HH:mm:ss": (date) =>
      `${two(date.getUTCMonth() + 1)}/${two(date.getUTCDate())}/${date.getUTCFullYear()} ` +
      date.toISOString().slice(11, 19),
  };
  const NAMES = {
    externalId: ["Call ID", "contact_id", "interactionId", "通话编号", "UCID"],
    arrivedAt: ["call_start", "ArrivalTime", "Start Time", "进线时间", "enqueued_at"],
    endedAt: ["call_end", "EndTime", "Disconnect Timestamp", "挂机时间", "hangup_at"],
    agent: ["Agent", "operator_name", "坐席", "AgentId", "Representative"],
    queue: ["Queue", "skill_group", "技能组", "QueueName", "department"],
    talkSeconds: ["talk_s", "TalkDuration", "通话时长", "Talk Time (sec)", "billsec"],
  };
  const fields = Object.keys(NAMES) as (keyof typeof NAMES)[];

  it("give the right columns and formats, whatever they are called and wherever they stand", () => {
    const named = fc.tuple(...fields.map((field) => fc.constantFrom(...NAMES[field])));
    const order = fc.shuffledSubarray(fields, { minLength: fields.length });
    const format = fc.constantFrom(...Object.keys(FORMATS));
    fc.assert(
      fc.property(named, order, format, fc.nat(1000), (names, columns, chosen, seed) => {
        const shown = FORMATS[chosen] ?? String;
        const rows = Array.from({ length: 40 }, (_, row) => {
          const start = Date.UTC(2024, 0, 1) + (row * 29 + seed) * 3_600_000;
          const cells = {
            externalId: `k${seed}-${row}`,
            arrivedAt: shown(new Date(start)),
            endedAt: shown(new Date(start + (row + 1) * 1000)),
            agent: `Ann ${row % 5}`,
            queue: `q${row % 3}`,
            talkSeconds: String(row),
          };
          return columns.map((field) => cells[field]);
        });
        const nameOf = (field: keyof typeof NAMES) => names[fields.indexOf(field)] ?? "";
        const answer = suggestMapping({ header: columns.map(nameOf), rows, layout: "delimited" });
        expect(answer.found).toBe(true);
        if (!answer.found) return;
        const wanted = Object.fromEntries(fields.map((field) => [field, nameOf(field)]));
        expect(columnsByField(answer)).toEqual(wanted);
        expect(answer.mapping.fields.arrivedAt).toMatchObject({ format: chosen });
        expect(warningsOf(answer)).not.toContain("AMBIGUOUS");
      }),
      { numRuns: 100, seed: 20261122 },
    );
  });
});
