/**
 * Asterisk's queue log: hand-made calls, and a real one against the call records (CDR) that the same
 * Asterisk wrote.
 *
 * In the CDR a queue call has one record for each dial or bridge, under the call's unique id:
 * `lastdata` begins with the queue, `dstchannel` is the agent's channel, `disposition` is ANSWERED when
 * that agent answered, NO ANSWER when it only rang. The agent's own record has that channel with `;2`
 * for `;1`, its `billsec` is the time from his answer to the end. Agents are a01 to a12 there.
 */

import { readFileSync } from "node:fs";
import Papa from "papaparse";
import { describe, expect, it } from "vitest";
import { asteriskQueueLog } from "../../src/ingest/asterisk-queue-log.ts";
import { REAL_DATA, realFile } from "../support/real-data.ts";
import { brief, faultOf, parseFile, parseText } from "./reading.ts";

const parse = (lines: readonly string[]) => parseText(asteriskQueueLog, lines.join("\n"));
const at = (second: number) => (1_700_000_000 + second) * 1000;
const line = (second: number, rest: string) => `${1_700_000_000 + second}|${rest}`;

describe("a call", () => {
  it("that was answered", async () => {
    const { contacts, taken, findings } = await parse([
      line(0, "c1|loans|NONE|ENTERQUEUE||13800000001|1"),
      line(10, "c1|loans|Wang|CONNECT|10|c1.2|4"),
      line(70, "c1|loans|Wang|COMPLETEAGENT|10|60|1"),
    ]);
    expect(contacts).toEqual([
      {
        kind: "contact",
        externalId: "c1#1",
        conversation: "c1",
        leg: 1,
        channel: "call",
        queue: "loans",
        agent: "Wang",
        customer: "13800000001",
        reason: null,
        outcome: "handled",
        arrivedAt: at(0),
        localDay: "2023-11-14",
        answeredAt: at(10),
        endedAt: at(70),
        waitSeconds: 10,
        talkSeconds: 60,
        holdSeconds: 0,
        wrapSeconds: 0,
        transferred: false,
        assisted: null,
        followUp: false,
      },
    ]);
    expect(taken[0]).toMatchObject({ line: 1, rows: 3 });
    expect(findings).toEqual([]);
  });

  it.each([
    ["ABANDON|1|1|33", "abandoned", 33],
    ["EXITWITHTIMEOUT|1|1|33", "redirected", 33],
    ["EXITWITHTIMEOUT|1", "redirected", 33],
    ["EXITWITHKEY|2|1|1|33", "redirected", 33],
    ["EXITEMPTY|1|1|33", "redirected", 33],
  ])("that ended with %s", async (end, outcome, waitSeconds) => {
    const { contacts } = await parse([
      line(0, "c1|loans|NONE|ENTERQUEUE||1"),
      line(33, `c1|loans|NONE|${end}`),
    ]);
    expect(contacts).toHaveLength(1);
    expect(contacts[0]).toMatchObject({ outcome, waitSeconds, answeredAt: null, agent: null });
  });

  it("that was passed on, when the next leg is logged before the transfer", async () => {
    const { contacts } = await parse([
      line(0, "c1|loans|NONE|ENTERQUEUE||1|1"),
      line(5, "c1|loans|Wang|CONNECT|5|x|1"),
      line(20, "c1|loans|NONE|ENTERQUEUE||1|1"),
      line(20, "c1|loans|Wang|BLINDTRANSFER|2001|default|5|15|1"),
      line(27, "c1|loans|Wang|CONNECT|7|x|1"),
      line(29, "c1|loans|Wang|ATTENDEDTRANSFER|BRIDGE|b|7|2|1"),
      line(29, "c1|cards|NONE|ENTERQUEUE||1|1"),
      line(30, "c1|cards|NONE|ABANDON|1|1|1"),
    ]);
    expect(
      contacts.map((one) => [one.externalId, one.queue, one.outcome, one.transferred]),
    ).toEqual([
      ["c1#1", "loans", "handled", true],
      ["c1#2", "loans", "handled", true],
      ["c1#3", "cards", "abandoned", false],
    ]);
    expect(contacts.map((one) => [one.leg, one.waitSeconds, one.talkSeconds])).toEqual([
      [1, 5, 15],
      [2, 7, 2],
      [3, 1, 0],
    ]);
  });

  it("without an end is unfinished, without a start a reject", async () => {
    const { contacts, rejects } = await parse([
      line(0, "c1|loans|NONE|ENTERQUEUE||1|1"),
      line(1, "c2|loans|Li|COMPLETEAGENT|1|9|1"),
      line(2, "c1|loans|Li|CONNECT|2|x|1"),
      line(3, "c3|loans|NONE|ABANDON|1|1|3"),
    ]);
    expect(contacts).toHaveLength(1);
    expect(contacts[0]).toMatchObject({ outcome: "unfinished", agent: "Li", endedAt: null });
    expect(rejects.map(brief)).toEqual([
      [2, "call_without_start", "callid", "c2"],
      [4, "call_without_start", "callid", "c3"],
    ]);
  });

  it("whose seconds disagree with its lines is found", async () => {
    const { findings } = await parse([
      line(0, "c1|loans|NONE|ENTERQUEUE||1|1"),
      line(10, "c1|loans|Li|CONNECT|10|x|1"),
      line(20, "c1|loans|Li|COMPLETECALLER|10|30|1"),
    ]);
    expect(findings.map((one) => [one.code, one.agent])).toEqual([["time_disagrees", "Li"]]);
  });
});

describe("an agent's states", () => {
  const stretches = async (lines: readonly string[]) => {
    const { records } = await parse(lines);
    return records
      .filter((one) => one.kind === "agent_state")
      .map((one) => [one.agent, one.state, one.startsAt - at(0), one.endsAt - at(0)]);
  };

  it("pauses, in one queue or in several, count once", async () => {
    const lines = [
      line(0, "NONE|loans|Li|PAUSE|lunch"),
      line(1, "NONE|cards|Li|PAUSE|lunch"),
      line(5, "NONE|loans|Li|UNPAUSE|"),
      line(9, "NONE|cards|Li|UNPAUSE|"),
      line(20, "NONE|NONE|Wu|PAUSEALL|"),
      line(20, "NONE|loans|Wu|PAUSE|"),
      line(20, "NONE|cards|Wu|PAUSE|"),
      line(25, "NONE|loans|Wu|UNPAUSE|"),
      line(26, "NONE|cards|Wu|UNPAUSE|"),
    ];
    expect(await stretches(lines)).toEqual([
      ["Li", "aux", 0, 9000],
      ["Wu", "aux", 20_000, 26_000],
    ]);
  });

  it("being signed on, by member or by login", async () => {
    const lines = [
      line(0, "CLI|loans|SIP/1|ADDMEMBER|"),
      line(3, "NONE|NONE|Agent/2|AGENTLOGIN|SIP/2"),
      line(50, "CLI|loans|SIP/1|REMOVEMEMBER|"),
      line(60, "NONE|NONE|Agent/2|AGENTLOGOFF|SIP/2|57"),
    ];
    expect(await stretches(lines)).toEqual([
      ["SIP/1", "signed_on", 0, 50_000],
      ["Agent/2", "signed_on", 3000, 60_000],
    ]);
  });

  it("lines that make no stretch are events: no start, no end, no length", async () => {
    const { records } = await parse([
      line(0, "NONE|loans|Li|UNPAUSE|"),
      line(1, "NONE|loans|Wu|PAUSE|"),
      line(2, "NONE|loans|Bo|PAUSE|"),
      line(2, "NONE|loans|Bo|UNPAUSE|"),
    ]);
    expect(records.map((one) => one.kind)).toEqual(Array(4).fill("log_event"));
  });
});

describe("other lines", () => {
  it("an event that is not known is kept as an event", async () => {
    const { records } = await parse([line(0, "c1|loans|Li|SOMETHINGNEW|a|b")]);
    expect(records[0]).toMatchObject({
      kind: "log_event",
      activity: "SOMETHINGNEW",
      agent: "Li",
      conversation: "c1",
      detail: "a|b",
    });
  });

  it("a line that is none is rejected, a file of another format refused", async () => {
    const { rejects } = await parse([line(0, "NONE|NONE|NONE|QUEUESTART|"), "torn|line"]);
    expect(rejects.map(brief)).toEqual([[2, "malformed_row", "line", "torn|line"]]);
    const fault = await faultOf(parse(["case,activity", "1,2"]));
    expect(fault.code).toBe("wrong_format");
    expect(fault.message).toMatch(/^line 1: invalid line: case,activity, expected a line of a/);
  });
});

interface CallRecord {
  readonly context: string;
  readonly channel: string;
  readonly agentChannel: string;
  readonly application: string;
  readonly queue: string;
  readonly seconds: number;
  readonly disposition: string;
  readonly call: string;
}

function callRecords(): CallRecord[] {
  const text = readFileSync(realFile("asterisk/Master.csv"), "utf8").trim();
  return Papa.parse<string[]>(text).data.map((cells) => ({
    context: cells[3] ?? "",
    channel: cells[5] ?? "",
    agentChannel: cells[6] ?? "",
    application: cells[7] ?? "",
    queue: (cells[8] ?? "").split(",")[0] ?? "",
    seconds: Number(cells[13]),
    disposition: cells[14] ?? "",
    call: cells[16] ?? "",
  }));
}

describe.skipIf(REAL_DATA === null)("a real Asterisk's log", () => {
  const log = () => parseFile(asteriskQueueLog, realFile("asterisk/queue_log"));
  const lines = () =>
    readFileSync(realFile("asterisk/queue_log"), "utf8")
      .trim()
      .split("\n")
      .map((text) => text.split("|"));

  it("has every line accounted for, by event", async () => {
    const { rows, rejects, contacts, records } = await log();
    expect([rows, rejects.length]).toEqual([2501, 0]);
    const events = new Map<string, number>();
    for (const cells of lines()) events.set(cells[4] ?? "", (events.get(cells[4] ?? "") ?? 0) + 1);
    const ended = (outcome: string) => contacts.filter((one) => one.outcome === outcome).length;
    const count = (...names: string[]) =>
      names.reduce((sum, one) => sum + (events.get(one) ?? 0), 0);
    expect(contacts).toHaveLength(1000);
    expect(contacts.length).toBe(count("ENTERQUEUE"));
    expect(ended("handled")).toBe(count("COMPLETEAGENT", "COMPLETECALLER", "BLINDTRANSFER"));
    expect(contacts.filter((one) => one.transferred)).toHaveLength(count("BLINDTRANSFER"));
    expect(ended("abandoned")).toBe(count("ABANDON"));
    expect(ended("redirected")).toBe(count("EXITWITHTIMEOUT", "EXITWITHKEY"));
    expect(contacts.filter((one) => one.answeredAt !== null)).toHaveLength(count("CONNECT"));
    const loose = records.filter((one) => one.kind === "log_event");
    for (const name of ["RINGNOANSWER", "RINGCANCELED", "QUEUESTART"]) {
      expect(loose.filter((one) => one.activity === name)).toHaveLength(count(name));
    }
  });

  it("has the calls that the CDR has: answered, by whom, how long, in which queue", async () => {
    const { contacts } = await log();
    const cdr = callRecords();
    const byChannel = new Map(cdr.map((one) => [one.channel, one]));
    const answered = new Map<string, CallRecord[]>();
    for (const one of cdr) {
      if (one.application !== "Queue" || one.disposition !== "ANSWERED") continue;
      if (one.agentChannel !== "") answered.set(one.call, [...(answered.get(one.call) ?? []), one]);
    }
    const ended = contacts.filter((one) => one.outcome !== "unfinished");
    const handled = ended.filter((one) => one.outcome === "handled");
    expect([...answered.values()].flat()).toHaveLength(handled.length);
    const names = new Map<string, string>();
    const faults: unknown[] = [];
    for (const call of new Set(ended.map((one) => one.conversation ?? ""))) {
      const legs = handled.filter((one) => one.conversation === call);
      const records = answered.get(call) ?? [];
      if (legs.length !== records.length) faults.push([call, legs.length, records.length]);
      legs.forEach((leg, index) => {
        const record = records[index];
        const own = byChannel.get((record?.agentChannel ?? "").replace(";1", ";2"));
        const code = /\/(a\d\d)@/.exec(record?.agentChannel ?? "")?.[1] ?? "none";
        if (names.has(code) && names.get(code) !== leg.agent) faults.push([call, code, leg.agent]);
        names.set(code, leg.agent ?? "none");
        if (record?.queue !== leg.queue) faults.push([call, record?.queue, leg.queue]);
        const seconds = own?.seconds ?? Number.NaN;
        if (!(Math.abs(seconds - leg.talkSeconds) <= 1)) {
          faults.push([call, seconds, leg.talkSeconds]);
        }
      });
    }
    expect(faults).toEqual([]);
    // Twelve agents, each with one name.
    expect([names.size, new Set(names.values()).size]).toEqual([12, 12]);
  });

  it("has unfinished calls only where the CDR has no end of them either", async () => {
    const { contacts } = await log();
    const ends = new Map<string, number>();
    for (const one of callRecords()) {
      const isEnd = one.disposition === "ANSWERED" && one.context !== "callers";
      if (isEnd) ends.set(one.call, (ends.get(one.call) ?? 0) + 1);
    }
    const open = contacts.filter((one) => one.outcome === "unfinished");
    expect(open).toHaveLength(33);
    for (const leg of open) {
      // A transferred call has a record for the legs that ended, and none for the one that did not.
      expect(ends.get(leg.conversation ?? "") ?? 0).toBe(leg.leg - 1);
    }
  });

  it("reads what older Asterisks wrote", async () => {
    const { contacts } = await parseFile(
      asteriskQueueLog,
      realFile("formats/asterisk/queue_log_v1.4_ringall.txt"),
    );
    expect(contacts).toHaveLength(1);
    expect(contacts[0]).toMatchObject({
      customer: "01770000000",
      agent: "Local/2004@from-internal/n",
      waitSeconds: 1,
      talkSeconds: 3,
    });
  });
});
