/**
 * The bank's call log: hand-made rows, and the four real months against sums that awk makes of the
 * same text.
 */

import { execFileSync } from "node:child_process";
import { DateTime } from "luxon";
import { describe, expect, it } from "vitest";
import { contactFindings } from "../../src/domain/quality/contact-findings.ts";
import type { FactRecord } from "../../src/domain/shared/records.ts";
import { anonymousBank } from "../../src/ingest/anonymous-bank.ts";
import { HEADER } from "../../src/ingest/bank-row.ts";
import { REAL_DATA, realFile } from "../support/real-data.ts";
import { brief, faultOf, parseFile, parseText, type Whole } from "./reading.ts";

const ZONE = "Asia/Jerusalem";
const parse = (rows: readonly string[]) =>
  parseText(anonymousBank, [HEADER.join("\t"), ...rows].join("\n"), { zone: ZONE });

/** What is wrong with it by the rules that hold for every contact. */
const findingsOfRecord = (record: FactRecord | undefined): string[] =>
  record?.kind === "contact" ? contactFindings(record) : [];

/** A served call; parts of it are replaced by column. */
function row(change: Partial<Record<(typeof HEADER)[number], string>> = {}): string {
  const plain =
    "AA0101 33118 27997683 2 PS 990101 6:55:20 6:55:26 6 6:55:26 6:55:43 17 AGENT 6:55:43 6:56:37 54 MICHAL";
  return plain
    .split(" ")
    .map((cell, at) => change[HEADER[at] as (typeof HEADER)[number]] ?? cell)
    .join("\t");
}

const NO_QUEUE = { q_start: "0:00:00", q_exit: "0:00:00", q_time: "0" };
const NO_SERVICE = {
  ser_start: "0:00:00",
  ser_exit: "0:00:00",
  ser_time: "0",
  server: "NO_SERVER",
};

function local(text: string): number {
  return DateTime.fromISO(text, { zone: ZONE }).toMillis();
}

describe("a call", () => {
  it("that was served", async () => {
    const { contacts, findings } = await parse([row()]);
    expect(contacts).toEqual([
      {
        kind: "contact",
        externalId: "AA0101|33118|990101",
        conversation: null,
        leg: 1,
        channel: "call",
        queue: "PS",
        agent: "MICHAL",
        customer: "27997683",
        reason: null,
        outcome: "handled",
        arrivedAt: local("1999-01-01T06:55:20"),
        localDay: "1999-01-01",
        answeredAt: local("1999-01-01T06:55:43"),
        endedAt: local("1999-01-01T06:56:37"),
        waitSeconds: 17,
        talkSeconds: 54,
        holdSeconds: 0,
        wrapSeconds: 0,
        transferred: false,
        assisted: null,
        followUp: false,
      },
    ]);
    expect(findings).toEqual([]);
  });

  it("that was given up, in the queue or before it, or is to be ignored", async () => {
    const { contacts } = await parse([
      row({ ...NO_SERVICE, outcome: "HANG", customer_id: "0" }),
      row({ ...NO_SERVICE, ...NO_QUEUE, outcome: "HANG" }),
      row({ outcome: "PHANTOM" }),
    ]);
    expect(contacts.map((one) => [one.outcome, one.agent, one.customer, one.endedAt])).toEqual([
      ["abandoned", null, null, local("1999-01-01T06:55:43")],
      ["left_before_queue", null, "27997683", local("1999-01-01T06:55:26")],
      ["phantom", "MICHAL", "27997683", local("1999-01-01T06:56:37")],
    ]);
  });

  it("over midnight belongs to the day it began, its end to the next", async () => {
    const { contacts, findings } = await parse([
      row({ ...NO_QUEUE, vru_entry: "23:59:15", vru_exit: "23:59:34", vru_time: "19" }).replace(
        "6:55:43\t6:56:37\t54",
        "23:59:33\t0:03:40\t247",
      ),
    ]);
    expect(contacts[0]).toMatchObject({
      localDay: "1999-01-01",
      answeredAt: local("1999-01-01T23:59:33"),
      endedAt: local("1999-01-02T00:03:40"),
    });
    expect(findings).toEqual([
      { code: "midnight_wrap", day: "1999-01-01", agent: "MICHAL", line: 2 },
    ]);
  });
});

describe("what looks wrong is found and left as it is", () => {
  it.each([
    ["negative_duration", row({ vru_exit: "6:54:43", vru_time: "-37" })],
    ["time_disagrees", row({ ser_time: "57" })],
    ["time_disagrees", row({ q_time: "19" })],
    ["stages_disagree", row({ q_exit: "6:58:26", q_time: "180" })],
    ["zero_handle_time", row({ ser_exit: "6:55:43", ser_time: "0" })],
    ["impossible_handle_time", row({ ser_exit: "10:55:44", ser_time: "14401" })],
    ["handled_without_agent", row({ server: "NO_SERVER" })],
    ["service_without_answer", row({ outcome: "HANG" })],
    ["unknown_type", row({ type: "AA" })],
    ["rounded_customer_id", row({ customer_id: "6.02701E+11" })],
  ])("%s", async (code, text) => {
    const { findings, taken, rejects } = await parse([text]);
    expect([taken.length, rejects.length]).toEqual([1, 0]);
    const codes = [...findings.map((one) => one.code), ...findingsOfRecord(taken[0]?.record)];
    expect([...new Set(codes)]).toEqual([code]);
  });

  it("a second more or less is none", async () => {
    const { findings } = await parse([row({ ser_time: "55" }), row({ q_time: "16" })]);
    expect(findings).toEqual([]);
  });
});

describe("rows that cannot be taken", () => {
  it.each([
    [row({ date: "990231" }), ["invalid_date", "date", "990231"]],
    [row({ vru_entry: "25:00:00" }), ["invalid_time", "vru_entry", "25:00:00"]],
    [row({ ser_time: "5x" }), ["invalid_number", "ser_time", "5x"]],
    [row({ q_time: "-5" }), ["negative_duration", "q_time", "-5"]],
    [row({ outcome: "LOST" }), ["unknown_value", "outcome", "LOST"]],
    [row({ call_id: "" }), ["missing_field", "call_id", ""]],
    [row({ server: "=1+1" }), ["formula_in_cell", "server", "=1+1"]],
    [row().slice(0, -7), ["wrong_columns", "row", "16 columns"]],
  ])("%j", async (text, [code, field, value]) => {
    const { rejects, taken, rows } = await parse([row(), text]);
    expect([rows, taken.length]).toEqual([2, 1]);
    expect(brief(rejects[0])).toEqual([3, code, field, value]);
    expect(rejects[0]?.raw).toBe(text);
  });

  it("a file of another format is refused as a whole", async () => {
    const fault = await faultOf(parseText(anonymousBank, "a,b\n1,2\n", { zone: ZONE }));
    expect(fault.code).toBe("wrong_format");
    expect(fault.message).toMatch(/^line 1: invalid header: a,b, expected the columns vru\+line /);
  });
});

const MONTHS = ["01_January", "02_February", "03_March", "04_April"];

describe.skipIf(REAL_DATA === null)("the four real months", () => {
  const wholes = new Map<string, Promise<Whole>>();
  const month = (name: string) => {
    const file = realFile(`anonymous_bank/${name}.txt.gz`);
    const whole = wholes.get(name) ?? parseFile(anonymousBank, file, { zone: ZONE });
    wholes.set(name, whole);
    return whole;
  };
  const awk = (name: string, program: string): string =>
    execFileSync("sh", [
      "-c",
      'gzip -dc "$0" | tail -n +2 | awk -F\'\\t\' "$1"',
      realFile(`anonymous_bank/${name}.txt.gz`),
      program,
    ])
      .toString()
      .trim();

  it("have 135,780 rows, all taken", async () => {
    const all = await Promise.all(MONTHS.map(month));
    expect(all.reduce((sum, one) => sum + one.rows, 0)).toBe(135_780);
    expect(all.flatMap((one) => one.rejects)).toEqual([]);
    const ids = all.flatMap((one) => one.contacts.map((contact) => contact.externalId));
    expect(new Set(ids).size).toBe(135_780);
  });

  it.each(MONTHS)("%s: counts and seconds by outcome are awk's", async (name) => {
    const { contacts } = await month(name);
    const sums = new Map<string, [number, number, number]>();
    for (const { outcome, waitSeconds, talkSeconds } of contacts) {
      const sum = sums.get(outcome) ?? [0, 0, 0];
      sums.set(outcome, [sum[0] + 1, sum[1] + waitSeconds, sum[2] + talkSeconds]);
    }
    const ours = [...sums].map(([outcome, sum]) => `${outcome} ${sum.join(" ")}`);
    const program = `{ o = ($10 == "0:00:00" && $12 == 0) ? "left_before_queue" : "abandoned"
      if ($13 == "AGENT") o = "handled"; if ($13 == "PHANTOM") o = "phantom"
      n[o]++; q[o] += $12; s[o] += $16 } END { for (o in n) print o, n[o], q[o], s[o] }`;
    expect(ours.sort()).toEqual(awk(name, program).split("\n").sort());
  });

  it.each(MONTHS)("%s: findings are awk's", async (name) => {
    const { counts: ofFormat, contacts } = await month(name);
    const counts: Record<string, number> = { ...ofFormat };
    for (const contact of contacts) {
      for (const code of contactFindings(contact)) counts[code] = (counts[code] ?? 0) + 1;
    }
    const program = `function sec(t, p) { split(t, p, ":"); return p[1] * 3600 + p[2] * 60 + p[3] }
      function back(a, b) { return a - b > 43200 }
      { queued = !($10 == "0:00:00" && $11 == "0:00:00" && $12 == 0)
        served = !($14 == "0:00:00" && $15 == "0:00:00" && $16 == 0)
        split("", t); k = 0; t[++k] = sec($7); t[++k] = sec($8)
        if (queued) { t[++k] = sec($10); t[++k] = sec($11) }
        if (served) { t[++k] = sec($14); t[++k] = sec($15) }
        for (i = 2; i <= k; i++) if (back(t[i - 1], t[i])) { n["midnight_wrap"]++; break } }
      $9 < 0 { n["negative_duration"]++ }
      $13 == "AGENT" && $16 == 0 { n["zero_handle_time"]++ }
      $16 > 14400 { n["impossible_handle_time"]++ }
      $13 == "AGENT" && $17 == "NO_SERVER" { n["handled_without_agent"]++ }
      $13 == "HANG" && served { n["service_without_answer"]++ }
      $5 !~ /^(PS|PE|IN|NE|NW|TT)$/ { n["unknown_type"]++ }
      $3 ~ /E/ { n["rounded_customer_id"]++ }
      $13 == "AGENT" && served && sec($14) < sec($7) && !back(sec($7), sec($14)) {
        n["answered_before_arrival"]++ }
      served { d = sec($14) - (queued ? sec($11) : sec($8))
        if (d > 43200) d -= 86400; if (d < -43200) d += 86400
        if (d > 60 || d < -60) n["stages_disagree"]++ }
      END { for (c in n) print c, n[c] }`;
    const ours = Object.entries(counts).map(([code, count]) => `${code} ${count}`);
    expect(ours.sort()).toEqual(awk(name, program).split("\n").sort());
  });

  it("has every call on the day its text says", async () => {
    const { contacts } = await month("04_April");
    const days = new Map<string, number>();
    for (const { localDay, arrivedAt } of contacts) {
      days.set(localDay, (days.get(localDay) ?? 0) + 1);
      expect(DateTime.fromMillis(arrivedAt, { zone: ZONE }).toISODate()).toBe(localDay);
    }
    const program =
      '{ n[$6]++ } END { for (d in n) print "1999-" substr(d,3,2) "-" substr(d,5), n[d] }';
    const ours = [...days].map(([day, count]) => `${day} ${count}`);
    expect(ours.sort()).toEqual(awk("04_April", program).split("\n").sort());
  });
});
