/**
 * Mapped tables: hand-made rows in every form there is, faults of rows and of mappings, the dialects of
 * one real log, and the law that no row is lost.
 */

import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { FactRecord } from "../../src/domain/shared/records.ts";
import { table } from "../../src/ingest/table.ts";
import { REAL_DATA, realFile } from "../support/real-data.ts";
import { brief, cutAt, faultOf, parseFile, parseText } from "./reading.ts";

const LONG = "x".repeat(501);

const contact = (fields: Record<string, unknown>, more: Record<string, unknown> = {}) => ({
  record: "contact",
  fields: { externalId: "id", arrivedAt: "at", ...fields },
  ...more,
});

function parse(mapping: unknown, text: string | readonly string[], zone = "UTC") {
  return parseText(table, text, { mapping, zone });
}

describe("a contact", () => {
  it("with everything mapped", async () => {
    const mapping = contact({
      conversation: "conv",
      leg: "leg",
      channel: { column: "ch", values: { "1": "call", "2": "chat" } },
      queue: { columns: ["q1", "q2"] },
      agent: "who",
      customer: "cust",
      reason: { constant: "unknown" },
      outcome: { column: "out", values: { ok: "handled" }, others: "keep" },
      answeredAt: { column: "answered", formats: ["dd.MM.yyyy HH:mm", "epoch_seconds"] },
      endedAt: { column: "ended", unit: "excel_serial" },
      waitSeconds: { column: "wait", unit: "minutes" },
      talkSeconds: { column: "talk", unit: "ms", default: "1500" },
      holdSeconds: { column: "hold", unit: "day_fraction" },
      wrapSeconds: { column: "wrap", unit: "hh:mm:ss" },
      transferred: "moved",
      assisted: { column: "ai", values: { an: "yes", aus: "no" } },
      followUp: { constant: true },
    });
    const text = [
      "id,at,conv,leg,ch,q1,q2,who,cust,out,answered,ended,wait,talk,hold,wrap,moved,ai",
      "7,2024-03-05 08:00,k,2,2,a, b ,Ann,+49 30 12,ok,05.03.2024 08:01,45356.5,1.25,,0.5,1:00:01,Y,an",
    ].join("\n");
    const { contacts } = await parse(mapping, text, "Asia/Shanghai");
    expect(contacts).toEqual([
      {
        kind: "contact",
        externalId: "7",
        conversation: "k",
        leg: 2,
        channel: "chat",
        queue: "a b",
        agent: "Ann",
        customer: "+49 30 12",
        reason: "unknown",
        outcome: "handled",
        arrivedAt: Date.UTC(2024, 2, 5),
        localDay: "2024-03-05",
        answeredAt: Date.UTC(2024, 2, 5, 0, 1),
        // Excel's day 45356 is 5 March 2024; half a day later it is noon in Shanghai.
        endedAt: Date.UTC(2024, 2, 5, 4),
        waitSeconds: 75,
        talkSeconds: 2,
        holdSeconds: 43_200,
        wrapSeconds: 3601,
        transferred: true,
        assisted: true,
        followUp: true,
      },
    ]);
  });

  it("with the least has defaults, and durations from its times where none is mapped", async () => {
    const mapping = contact({ answeredAt: "ans", endedAt: "end" });
    const text =
      "id,at,ans,end\n1,2024-01-01 10:00,2024-01-01 10:01,2024-01-01 10:03:30\n2,2024-01-01,,";
    const { contacts } = await parse(mapping, text);
    expect(contacts.map((one) => [one.waitSeconds, one.talkSeconds, one.outcome])).toEqual([
      [60, 150, "handled"],
      [0, 0, "handled"],
    ]);
    expect(contacts[1]).toMatchObject({ channel: "call", agent: null, assisted: null, leg: 1 });
  });

  it("reads decimal commas and durations a spreadsheet took for times of day", async () => {
    const mapping = contact(
      { waitSeconds: "w", talkSeconds: { column: "t", unit: "12h_clock" } },
      { decimal: ",", delimiter: ";" },
    );
    const text = "id;at;w;t\n1;2024-01-01;1,5;12:02:23 AM\n2;2024-01-01;0,4;1:00:00 PM";
    const { contacts } = await parse(mapping, text);
    expect(contacts.map((one) => [one.waitSeconds, one.talkSeconds])).toEqual([
      [2, 143],
      [0, 46_800],
    ]);
  });

  it("may hold a survey and a result in its row", async () => {
    const mapping = contact(
      { agent: "who" },
      {
        survey: { score: { column: "stars", scale: [0, 10] } },
        resolvedOutcome: { flag: "done", action: "solved" },
      },
    );
    const text =
      "id,at,who,stars,done\n1,2024-01-01,Ann,10,Y\n2,2024-01-01,Bo,,N\n3,2024-01-01,Bo,5,n";
    const { taken } = await parse(mapping, text);
    expect(taken.map((one) => one.also.map((beside) => beside.kind))).toEqual([
      ["survey", "outcome"],
      [],
      ["survey"],
    ]);
    expect(taken[0]?.also).toMatchObject([
      { externalId: "1", contact: { source: null, externalId: "1" }, milliPoints: 5000 },
      { externalId: "1|solved", action: "solved", agent: "Ann", verified: false },
    ]);
    expect(taken[2]?.also[0]).toMatchObject({ milliPoints: 3000 });
  });
});

describe("other records", () => {
  const only = async (mapping: unknown, text: string) => (await parse(mapping, text)).records[0];

  it("ticket events, surveys, complaints", async () => {
    const at = Date.UTC(2024, 0, 1);
    const event = { record: "ticket_event", fields: { ticket: "t", activity: "a", at: "at" } };
    expect(await only(event, "t,a,at\nT1,Close,2024-01-01")).toMatchObject({
      kind: "ticket_event",
      ticket: "T1",
      at,
      effect: null,
    });
    const survey = {
      record: "survey",
      fields: {
        externalId: "i",
        contact: "c",
        contactSource: { constant: "calls" },
        score: { column: "s", scale: [1, 5] },
        answeredAt: "at",
      },
    };
    expect(await only(survey, "i,c,s,at\n1,7,4,2024-01-01")).toEqual({
      kind: "survey",
      externalId: "1",
      contact: { source: "calls", externalId: "7" },
      milliPoints: 4000,
      answeredAt: at,
    });
    const complaint = {
      record: "complaint",
      fields: { externalId: "i", receivedAt: "at", upheld: "u", channel: "ch" },
    };
    expect(await only(complaint, "i,at,u,ch\n1,2024-01-01,否,email")).toMatchObject({
      upheld: false,
      contact: null,
      channel: "email",
      localDay: "2024-01-01",
    });
  });

  it("outcomes with exact money, and agents' states", async () => {
    const fields = { externalId: "i", action: "a", occurredAt: "at", amount: "m", currency: "cur" };
    const outcome = { record: "outcome", fields };
    const text = "i,a,at,m,cur\n1,x,2024-01-01,12.5,CNY\n2,x,2024-01-01,7,JPY\n3,x,2024-01-01,,CNY";
    const { records, rejects } = await parse(
      outcome,
      `${text}\n4,x,2024-01-01,0.005,CNY\n5,x,2024-01-01,1,yuan`,
    );
    expect(records.map((one) => one.kind === "outcome" && [one.amountMinor, one.currency])).toEqual(
      [
        [1250n, "CNY"],
        [7n, "JPY"],
        [null, null],
      ],
    );
    expect(rejects.map(brief)).toEqual([
      [5, "invalid_number", "amount", "0.005"],
      [6, "invalid_currency", "currency", "yuan"],
    ]);
    const state = {
      record: "agent_state",
      fields: { agent: "w", state: "s", startsAt: "f", endsAt: "t" },
    };
    const states = await parse(
      state,
      "w,s,f,t\nAnn,aux,2024-01-01 10:00,2024-01-01 11:00\nAnn,aux,2024-01-01 10:00,2024-01-01 10:00",
    );
    expect(states.records[0]).toMatchObject({ agent: "Ann", state: "aux" });
    expect(states.rejects.map((one) => one.code)).toEqual(["negative_duration"]);
  });
});

describe("rows that cannot be taken", () => {
  const mapping = contact({
    agent: "who",
    endedAt: { column: "end", formats: ["iso", "dd.MM.yyyy"] },
    waitSeconds: "wait",
    outcome: { column: "out", values: { y: "handled" } },
    talkSeconds: { column: "talk", unit: "hh:mm:ss" },
  });
  const header = "id,at,who,end,wait,out,talk";

  it.each([
    [",2024-01-01,A,,1,y,", ["missing_field", "externalId", ""]],
    ["1,,A,,1,y,", ["missing_field", "arrivedAt", ""]],
    ["1,31.12.2024,A,,1,y,", ["invalid_date", "arrivedAt", "31.12.2024"]],
    ["1,2024-01-01,A,12.31.2024,1,y,", ["invalid_date", "endedAt", "12.31.2024"]],
    [
      "1,2024-01-02,A,2024-01-01,1,y,",
      ["negative_duration", "endedAt", "2024-01-01T00:00:00.000Z"],
    ],
    ["1,2024-01-01,A,,soon,y,", ["invalid_number", "waitSeconds", "soon"]],
    ["1,2024-01-01,A,,0x10,y,", ["invalid_number", "waitSeconds", "0x10"]],
    ["1,2024-01-01,A,,-3,y,", ["negative_duration", "waitSeconds", "-3"]],
    ["1,2024-01-01,A,,1,maybe,", ["unknown_value", "outcome", "maybe"]],
    ["1,2024-01-01,A,,1,y,0:61:00", ["invalid_number", "talkSeconds", "0:61:00"]],
    ["1,2024-01-01,=HYPERLINK(1),,1,y,", ["formula_in_cell", "agent", "=HYPERLINK(1)"]],
    ["1,2024-01-01,+cmd|' /C calc'!A0,,1,y,", ["formula_in_cell", "agent", "+cmd|' /C calc'!A0"]],
    ["1,2024-01-01,@SUM(1),,1,y,", ["formula_in_cell", "agent", "@SUM(1)"]],
    ["1,2024-01-01,-x,,1,y,", ["formula_in_cell", "agent", "-x"]],
    [`1,2024-01-01,${LONG},,1,y,`, ["value_too_long", "agent", LONG]],
    ["-5,2024-01-01,A,,1,y", ["wrong_columns", "row", "6 columns"]],
  ])("%s", async (row, [code, field, value]) => {
    const good = "ok,2024-01-01,-5,,1,y,";
    const { rows, taken, rejects } = await parse(mapping, [header, good, row, good].join("\n"));
    expect([rows, taken.length]).toEqual([3, 2]);
    expect(rejects.map(brief)).toEqual([[3, code, field, value]]);
    expect(rejects[0]?.raw).toBe(row);
  });

  it("name the formats that were expected", async () => {
    const { rejects } = await parse(mapping, `${header}\n1,2024-01-01,A,x,1,y,`);
    expect(rejects[0]?.expected).toBe("a time as iso or dd.MM.yyyy");
  });

  it("keep a quoted row whole, with its line", async () => {
    const { rejects } = await parse(
      mapping,
      `${header}\n1,2024-01-01,"a\nb",,1,y,\n2,x,"c,""d""",,1,y,`,
    );
    expect(rejects).toMatchObject([{ line: 4, field: "arrivedAt", raw: '2,x,"c,""d""",,1,y,' }]);
  });
});

describe("JSON lines", () => {
  const mapping = contact({
    externalId: "meta.id",
    agent: "agent.name",
    talkSeconds: "seconds",
    transferred: "moved",
  });

  it("are told by their first character and read by path", async () => {
    const text = [
      '{"meta":{"id":7},"at":"2024-01-01T10:00:00Z","agent":{"name":"Ann"},"seconds":12.5,"moved":true}',
      "",
      '{"meta":{"id":"8"},"at":"2024-01-01T10:00:00Z","agent":null}',
    ].join("\n");
    const { contacts } = await parse(mapping, text);
    expect(
      contacts.map((one) => [one.externalId, one.agent, one.talkSeconds, one.transferred]),
    ).toEqual([
      ["7", "Ann", 13, true],
      ["8", null, 0, false],
    ]);
  });

  it("that are none, or hold numbers that JSON cannot, are rejected whole", async () => {
    const lines = ["{torn", "[1]", '{"meta":{"id":12345678901234567890},"at":"2024-01-01"}'];
    lines.push('{"meta":{"id":"a\\u0000b"},"at":"2024-01-01"}');
    const { rejects } = await parse(mapping, lines.join("\n"));
    expect(rejects.map((one) => [one.line, one.code, one.raw])).toEqual([
      [1, "malformed_row", lines[0]],
      [2, "malformed_row", lines[1]],
      [3, "unsafe_number", lines[2]],
      [4, "zero_character", lines[3]],
    ]);
  });
});

describe("a mapping", () => {
  it("tells all its faults", async () => {
    const fault = await faultOf(
      parse(
        {
          record: "contact",
          zone: "Mars/Olympus",
          fields: {
            arrivedAt: { column: "a", unit: "minutes" },
            queue: { column: "q", format: "iso" },
            agent: {},
            wait: "w",
          },
          survey: { score: "s" },
        },
        "a\n1",
      ),
    );
    expect(fault.faults.map((one) => one.path)).toEqual([
      "mapping.fields.arrivedAt.unit",
      "mapping.fields.queue.format",
      "mapping.fields.agent",
      "mapping.fields.wait",
      "mapping.fields.externalId",
      "mapping.survey.score.scale",
      "zone",
    ]);
  });

  it.each([
    [null, "missing_mapping", "mapping"],
    [{ record: "call", fields: {} }, "invalid_mapping", "mapping.record"],
    [contact({ agent: { colum: "x" } }), "invalid_mapping", "mapping.fields.agent"],
    [contact({}, { delimiter: "ab" }), "invalid_mapping", "mapping.delimiter"],
    [
      contact({ agent: { column: "x", unit: "hours" } }),
      "invalid_mapping",
      "mapping.fields.agent.unit",
    ],
    ["text", "invalid_mapping", "mapping"],
  ])("%j is refused", async (mapping, code, path) => {
    const fault = await faultOf(parse(mapping, "id,at\n1,2\n"));
    expect([fault.code, fault.faults[0]?.path]).toEqual([code, path]);
  });

  it("names every column that the file has not", async () => {
    const fault = await faultOf(parse(contact({ agent: "who", queue: "q" }), "id,when\n1,2\n"));
    expect(fault.faults.map((one) => [one.code, one.path, one.value])).toEqual([
      ["missing_column", "mapping.fields.arrivedAt", "at"],
      ["missing_column", "mapping.fields.agent", "who"],
      ["missing_column", "mapping.fields.queue", "q"],
    ]);
    expect(fault.message).toContain("expected a column of the file: id, when");
  });
});

it("no row is lost, however the text is cut", async () => {
  const mapping = contact({ waitSeconds: "wait" });
  const cell = fc.constantFrom("1", "x", "", '"q"', '"a\nb"', '"', "2024-01-01", "=1");
  const row = fc.array(cell, { minLength: 2, maxLength: 4 }).map((cells) => cells.join(","));
  const file = fc.array(row, { maxLength: 10 }).map((rows) => `id,at,wait\n${rows.join("\n")}`);
  await fc.assert(
    fc.asyncProperty(file, fc.array(fc.nat(), { maxLength: 5 }), async (text, places) => {
      const comma = { ...mapping, delimiter: "," };
      const once = await parse(comma, text);
      const cut = await parse(comma, cutAt(text, places));
      const byLine = (all: typeof once) => ({
        rows: all.rows,
        taken: all.taken,
        rejects: [...all.rejects].sort((a, b) => a.line - b.line),
      });
      expect(byLine(cut)).toEqual(byLine(once));
      // `parseText` itself checks that rows are taken plus rejected.
    }),
    { numRuns: 300, seed: 9 },
  );
});

function mappingFile(name: string): unknown {
  return JSON.parse(readFileSync(new URL(`mappings/${name}.json`, import.meta.url), "utf8"));
}

describe.skipIf(REAL_DATA === null)("real tables", () => {
  const plain = () =>
    parseFile(table, realFile("pwc/Call-Center-Dataset.csv"), { mapping: mappingFile("pwc") });
  const semicolon = () =>
    parseFile(table, realFile("pwc/Call-Center-Dataset_semicolon_eu.csv"), {
      mapping: mappingFile("pwc-semicolon"),
    });

  /** The plain dialect has minutes, the other seconds: cut to the minute, they must be the same. */
  function toTheMinute(record: FactRecord): FactRecord {
    const cut = (at: number) => Math.floor(at / 60_000) * 60_000;
    if (record.kind === "contact") return { ...record, arrivedAt: cut(record.arrivedAt) };
    if (record.kind === "survey") return { ...record, answeredAt: cut(record.answeredAt) };
    if (record.kind === "outcome") return { ...record, occurredAt: cut(record.occurredAt) };
    return record;
  }

  it("both dialects of one log give the same records, to the minute", async () => {
    const [one, other] = [await plain(), await semicolon()];
    expect([one.rows, other.rows]).toEqual([5000, 5000]);
    expect([one.rejects, other.rejects]).toEqual([[], []]);
    expect(other.records.map(toTheMinute)).toEqual(one.records);
  });

  it("sums are awk's", async () => {
    const { contacts, records } = await plain();
    const program = `{ split($10, t, ":"); wait += $9; talk += t[1]*3600 + t[2]*60 + t[3]
      n[$7]++; r += $8 == "Y"; if ($11 + 0 > 0) { c++; s += $11 } }
      END { print n["Y"], n["N"], wait, talk, r, c, s }`;
    const file = realFile("pwc/Call-Center-Dataset.csv");
    const awk = execFileSync("sh", ["-c", 'tail -n +2 "$0" | awk -F, "$1"', file, program]);
    const sum = (values: readonly number[]) => values.reduce((total, one) => total + one, 0);
    const surveys = records.filter((one) => one.kind === "survey");
    expect(awk.toString().trim().split(" ").map(Number)).toEqual([
      contacts.filter((one) => one.outcome === "handled").length,
      contacts.filter((one) => one.outcome === "abandoned").length,
      sum(contacts.map((one) => one.waitSeconds)),
      sum(contacts.map((one) => one.talkSeconds)),
      records.filter((one) => one.kind === "outcome").length,
      surveys.length,
      sum(surveys.map((one) => one.milliPoints)) / 1000,
    ]);
  });

  it("daily totals of a telephone service: rows, duplicates, missing agents", async () => {
    const file = realFile("telecom/operators_aug_oct.csv");
    const zone = "Europe/Moscow";
    const whole = await parseFile(table, file, { mapping: mappingFile("telecom"), zone });
    expect([whole.rows, whole.rejects.length]).toEqual([30_231, 0]);
    const ids = new Set(whole.contacts.map((one) => one.externalId));
    const shell = (program: string) =>
      Number(execFileSync("sh", ["-c", `tail -n +2 "$0" | ${program}`, file]).toString());
    expect(ids.size).toBe(shell("sort -u | wc -l"));
    expect(whole.contacts.filter((one) => one.agent === null)).toHaveLength(
      shell("awk -F, '$5 == \"\"' | wc -l"),
    );
  });
});
