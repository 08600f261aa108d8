/** `muster claim-audit`: what a published claim about differences between agents can mean. */

import type { Command } from "commander";
import type { Config } from "../config.ts";
import { inputError } from "../domain/shared/errors.ts";
import { type AuditedClaim, auditedClaim } from "../flows/studies/claim.ts";
import { printJson, printLine } from "./output.ts";

interface ClaimOptions {
  readonly agents: string;
  readonly contacts: string;
  readonly spread: string;
  readonly share?: string;
  readonly valueSd?: string;
  readonly turnover: string;
  readonly json?: boolean;
}

export function claimAuditCommand(program: Command, _config: () => Config): void {
  program
    .command("claim-audit")
    .description("what a claim such as 'differences shrank by 45 %' can mean; asks no store")
    .requiredOption("--agents <n>", "how many agents the claim is about")
    .requiredOption("--contacts <before,after>", "contacts or surveys of each agent")
    .requiredOption("--spread <before,after>", "standard deviations between agents, as claimed")
    .option("--share <before,after>", "means of all, where each contact is yes or no")
    .option("--value-sd <before,after>", "standard deviations of single values, where it is a mean")
    .option("--turnover <share>", "agents that left or came, as a share of all", "0")
    .option("--json", "one JSON document on standard output, nothing else there")
    .action((options: ClaimOptions) => {
      const found = auditedClaim(claimOf(options));
      if (options.json === true) printJson(found);
      else printAudit(found);
    });
}

function claimOf(options: ClaimOptions) {
  const { share, valueSd } = options;
  if ((share === undefined) === (valueSd === undefined)) {
    const expected = "either --share or --value-sd: what each agent's figure is";
    throw inputError({ code: "invalid_claim", path: "--share", value: share ?? null, expected });
  }
  const figure = share ?? valueSd ?? "";
  const kind = share === undefined ? ("mean" as const) : ("share" as const);
  const [before, after] = pairOf(kind === "share" ? "--share" : "--value-sd", figure);
  const [contactsBefore, contactsAfter] = pairOf("--contacts", options.contacts);
  const [spreadBefore, spreadAfter] = pairOf("--spread", options.spread);
  return {
    agents: numberOf("--agents", options.agents),
    contactsBefore,
    contactsAfter,
    figure: { kind, before, after },
    spreadBefore,
    spreadAfter,
    turnover: numberOf("--turnover", options.turnover),
  };
}

function pairOf(path: string, value: string): [number, number] {
  const [before, after, ...more] = value.split(",");
  if (before !== undefined && after !== undefined && more.length === 0) {
    return [numberOf(path, before), numberOf(path, after)];
  }
  throw inputError({ code: "invalid_claim", path, value, expected: "before,after: two numbers" });
}

function numberOf(path: string, value: string): number {
  const number = value.trim() === "" ? Number.NaN : Number(value);
  if (Number.isFinite(number)) return number;
  throw inputError({ code: "invalid_claim", path, value, expected: "a number such as 0.45" });
}

function printAudit({ audit, sentence }: AuditedClaim): void {
  const { explained, compatible, settledBy } = audit;
  const share = (value: number | null) => {
    if (value === null) return "-";
    return Number.isFinite(value) ? `${(value * 100).toFixed(1)} %` : "any rise";
  };
  const rows: [string, string][] = [
    ["claimed", share(audit.claimed)],
    ["without sampling noise", share(audit.corrected)],
    ["compatible, 95 %", `${share(compatible.low)} to ${share(compatible.high)}`],
    ["reliability before", audit.reliabilityBefore.toFixed(2)],
    ["by more contacts alone", share(explained.contacts)],
    ["by the ceiling", share(explained.ceiling)],
    ["by regression to the mean", share(explained.regression)],
    ["by turnover", share(explained.turnover)],
    ["agents to settle it", String(settledBy.agents ?? "-")],
    ["contacts each", String(settledBy.contacts ?? "-")],
  ];
  for (const [name, value] of rows) printLine(`${name.padEnd(27)}${value}`);
  printLine("");
  printLine(sentence.en);
  printLine(sentence.zh);
}
