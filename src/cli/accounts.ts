/** `muster account set | disable | list`: who may sign in with a name and a password. */

import { createInterface } from "node:readline";
import { Writable } from "node:stream";
import { type Command, Option } from "commander";
import type { Config } from "../config.ts";
import { ROLES, type Role } from "../domain/shared/vocabulary.ts";
import { endAccount, setAccount } from "../flows/accounts.ts";
import { listAccounts } from "../store/accounts.ts";
import { printJson, printLine } from "./output.ts";
import { withSession } from "./session.ts";
import { idOfName, missingName } from "./tokens.ts";

interface SetOptions {
  readonly role: Role;
  readonly party?: string;
  readonly agent?: string;
}

export function accountCommand(program: Command, config: () => Config): void {
  const account = program.command("account").description("accounts of the dashboards");
  account
    .command("set")
    .description("make an account, or give it another role and password; asks for the password")
    .argument("<name>", "who")
    .addOption(new Option("--role <role>", "what for").choices(ROLES).makeOptionMandatory())
    .option("--party <name>", "the party that a vendor sees")
    .option("--agent <name>", "the agent that an agent is")
    .action((name: string, options: SetOptions) => set(name, options, config()));
  account
    .command("disable")
    .description("let an account in no more; its sessions end. Exit 1 where there is none")
    .argument("<name>", "who")
    .action((name: string) => disable(name, config()));
  account
    .command("list")
    .option("--json", "one JSON document on standard output, nothing else there")
    .description("every account")
    .action((options: { readonly json?: boolean }) => list(options, config()));
}

async function set(name: string, { role, party, agent }: SetOptions, config: Config) {
  if (role === "vendor" && party === undefined) throw missingName("--party", role);
  if (role === "agent" && agent === undefined) throw missingName("--agent", role);
  await withSession(config, async ({ store, now }) => {
    const partyId = await idOfName(store, "party", party);
    const agentId = await idOfName(store, "agent", agent);
    const password = await askedPassword();
    await setAccount(store, { user: { name, role, partyId, agentId }, password, now: now() });
    printLine(`${name} may sign in as ${role}`);
  });
}

async function disable(name: string, config: Config): Promise<void> {
  await withSession(config, async ({ store, now }) => {
    const isDone = await endAccount(store, name, now());
    printLine(isDone ? `${name} may sign in no more` : `there is no account ${name}`);
    if (!isDone) process.exitCode = 1;
  });
}

async function list({ json }: { readonly json?: boolean }, config: Config): Promise<void> {
  await withSession(config, async ({ store }) => {
    const accounts = await listAccounts(store.db);
    if (json === true) {
      printJson({ accounts });
      return;
    }
    for (const { name, role, party, agent, hasPassword, disabledAt } of accounts) {
      const more = [
        ...(party === null ? [] : [`of ${party}`]),
        ...(agent === null ? [] : [`agent ${agent}`]),
        ...(hasPassword ? [] : ["tokens only"]),
        ...(disabledAt === null ? [] : [`disabled ${disabledAt.toISOString().slice(0, 10)}`]),
      ];
      printLine(`${name}: ${[role, ...more].join(", ")}`);
    }
  });
}

/** One line of standard input; typed by a person it is not shown. Never an argument: those are public. */
async function askedPassword(): Promise<string> {
  const isPerson = process.stdin.isTTY === true;
  if (isPerson) process.stderr.write("password: ");
  const silent = new Writable({ write: (_piece, _encoding, done) => done() });
  const lines = createInterface({ input: process.stdin, output: silent, terminal: isPerson });
  try {
    for await (const line of lines) return line;
    return "";
  } finally {
    lines.close();
    if (isPerson) process.stderr.write("\n");
  }
}
