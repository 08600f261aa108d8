/**
 * `anonymous-bank`: the call log of an Israeli bank's call centre (Technion, "Anonymous Bank", Mandelbaum,
 * Sakov and Zeltyn 2000), one call a row, 17 columns separated by tabs, local time of Israel.
 *
 * A call passes the voice response unit (`vru`), perhaps the queue (`q`), perhaps an agent (`ser`). Each
 * stage has its clock times and its seconds. The seconds are taken as they stand. A clock is on the day
 * of the call, or on the next one when it stands more than 12 hours before the stage before it: stages
 * overlap by a second or two as a rule, and by minutes when a call was passed on, which is no midnight.
 *
 * `0:00:00` twice with 0 seconds is "there was no such stage". HANG without a queue left in the menu,
 * HANG after one abandoned it. Nothing is repaired; what looks wrong is a finding, see `bank-findings.ts`.
 */

import { dayText } from "../domain/shared/days.ts";
import { inputError } from "../domain/shared/errors.ts";
import type { ContactRecord, Reject, RowFinding } from "../domain/shared/records.ts";
import type { ContactOutcome } from "../domain/shared/vocabulary.ts";
import { type ZoneClock, zoneClock } from "../domain/shared/zone.ts";
import { bankFindings } from "./bank-findings.ts";
import { type BankCall, type BankFault, bankCall, HEADER } from "./bank-row.ts";
import { delimitedRows } from "./delimited.ts";
import type { Format, TakenRow } from "./format.ts";

const DAY_SECONDS = 86_400;

export const anonymousBank: Format = {
  name: "anonymous-bank",
  summary: "calls of a bank's call centre, 17 tab-separated columns (Technion, 1999)",
  zone: "Asia/Jerusalem",
  async *parse(text, options) {
    const clock = zoneClock(options.zone);
    for await (const block of delimitedRows(text, { delimiter: "\t" })) {
      requireHeader(block.header);
      const taken: TakenRow[] = [];
      const rejects: Reject[] = [...block.rejects];
      const findings: RowFinding[] = [];
      block.rows.forEach((cells, index) => {
        const line = block.lines[index] as number;
        const call = bankCall(cells);
        if ("code" in call) {
          rejects.push(rejectOf(call, line, block.raw(index)));
          return;
        }
        const record = contactOf(call, clock);
        taken.push({ line, rows: 1, record, also: [] });
        for (const code of bankFindings(call)) {
          findings.push({ code, day: record.localDay, agent: call.server, line });
        }
      });
      const rows = taken.length + rejects.length;
      yield { header: block.headerText, rows, taken, rejects, findings };
    }
  },
};

function contactOf(call: BankCall, clock: ZoneClock): ContactRecord {
  const { vru, queue, service } = call;
  const instant = (second: number) => clock.instant((call.day * DAY_SECONDS + second) * 1000);
  const last = service ?? queue ?? vru;
  return {
    kind: "contact",
    externalId: call.id,
    conversation: null,
    leg: 1,
    channel: "call",
    queue: call.type,
    agent: call.server,
    customer: call.customer,
    reason: null,
    outcome: outcomeOf(call),
    arrivedAt: instant(vru.start),
    localDay: dayText(call.day),
    answeredAt: call.outcome === "AGENT" && service !== null ? instant(service.start) : null,
    endedAt: instant(last.end),
    waitSeconds: queue?.seconds ?? 0,
    talkSeconds: service?.seconds ?? 0,
    holdSeconds: 0,
    wrapSeconds: 0,
    transferred: false,
    assisted: null,
    followUp: false,
  };
}

function outcomeOf(call: BankCall): ContactOutcome {
  if (call.outcome === "AGENT") return "handled";
  if (call.outcome === "PHANTOM") return "phantom";
  return call.queue === null ? "left_before_queue" : "abandoned";
}

function requireHeader(header: readonly string[]): void {
  if (header.length === HEADER.length && header.every((name, at) => name === HEADER[at])) return;
  throw inputError({
    code: "wrong_format",
    path: "header",
    value: header.slice(0, 20).join(" "),
    expected: `the columns ${HEADER.join(" ")}, separated by tabs`,
    line: 1,
  });
}

function rejectOf(fault: BankFault, line: number, raw: string): Reject {
  return { line, ...fault, raw };
}
