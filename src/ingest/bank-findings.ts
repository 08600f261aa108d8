/**
 * What looks wrong in a call of the `anonymous-bank` log, by code, beside what would be wrong in any
 * contact (`domain/quality/contact-findings.ts`). Every rule is a line of the table.
 *
 * | code | what |
 * |---|---|
 * | `midnight_wrap` | a clock stands on the day after the call's |
 * | `negative_duration` | the log gives the voice response a negative number of seconds |
 * | `time_disagrees` | exit minus start differs from the given seconds by more than 1 s |
 * | `stages_disagree` | the service begins over 60 s before or after the stage before it ended |
 * | `service_without_answer` | hung up, and yet there is a service |
 * | `unknown_type` | a type of call that the log's documentation does not list |
 * | `rounded_customer_id` | the customer's number was rounded by a spreadsheet (6.02701E+11) |
 */

import type { BankCall, BankStage } from "./bank-row.ts";

const DAY_SECONDS = 86_400;
const TYPES = new Set(["PS", "PE", "IN", "NE", "NW", "TT"]);

const RULES: readonly (readonly [string, (call: BankCall) => boolean])[] = [
  ["midnight_wrap", (call) => call.wraps],
  ["negative_duration", (call) => call.vru.seconds < 0],
  ["time_disagrees", (call) => [call.vru, call.queue, call.service].some(disagrees)],
  ["stages_disagree", (call) => call.service !== null && Math.abs(handOver(call)) > 60],
  ["service_without_answer", (call) => call.outcome === "HANG" && call.service !== null],
  ["unknown_type", (call) => !TYPES.has(call.type)],
  ["rounded_customer_id", (call) => /E\+/i.test(call.customer ?? "")],
];

export function bankFindings(call: BankCall): string[] {
  const codes: string[] = [];
  for (const [code, holds] of RULES) if (holds(call)) codes.push(code);
  return codes;
}

/** Compared around the clock: 23:59:50 to 0:00:10 is 20 s, and 15:46:01 to 15:45:24 is -37 s. */
function disagrees(stage: BankStage | null): boolean {
  if (stage === null) return false;
  const difference = stage.end - stage.start - stage.seconds;
  const around = ((difference % DAY_SECONDS) + DAY_SECONDS) % DAY_SECONDS;
  return around > 1 && around < DAY_SECONDS - 1;
}

function handOver(call: BankCall): number {
  return (call.service?.start ?? 0) - (call.queue ?? call.vru).end;
}
