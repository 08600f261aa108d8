/** `muster token issue` and `muster token revoke`: who may call the API. */

import { type Command, Option } from "commander";
import type { Config } from "../config.ts";
import { inputError } from "../domain/shared/errors.ts";
import { ROLES, type Role } from "../domain/shared/vocabulary.ts";
import { issueToken, revokeTokens } from "../flows/access.ts";
import type { Store } from "../store/connection.ts";
import { idsOfName } from "../store/dimensions.ts";
import { printJson, printLine } from "./output.ts";
import { withSession } from "./session.ts";

interface IssueOptions {
  readonly role: Role;
  readonly user: string;
  readonly party?: string;
  readonly agent?: string;
  readonly days: string;
  readonly json?: boolean;
}

interface RevokeOptions {
  readonly user?: string;
  readonly json?: boolean;
}

const JSON_TEXT = "one JSON document on standard output, nothing else there";
const MOST_DAYS = 3650;

export function tokenCommand(program: Command, config: () => Config): void {
  const token = program.command("token").description("access tokens of the API");
  token
    .command("issue")
    .description("make a token and its user; it is shown once and cannot be read again")
    .requiredOption("--user <name>", "who; a user of that name is brought to this role")
    .addOption(new Option("--role <role>", "what for").choices(ROLES).makeOptionMandatory())
    .option("--party <name>", "the party that a vendor sees")
    .option("--agent <name>", "the agent that an agent is")
    .option("--days <count>", "how long it is good", "30")
    .option("--json", JSON_TEXT)
    .action((options: IssueOptions) => issue(options, config()));
  token
    .command("revoke")
    .description("end a token, or all of a user; exit 1 where there was none to end")
    .argument("[token]", "the token")
    .option("--user <name>", "all tokens of this user")
    .option("--json", JSON_TEXT)
    .action((text: string | undefined, options: RevokeOptions) => revoke(text, options, config()));
}

async function issue(options: IssueOptions, config: Config): Promise<void> {
  const days = daysOf(options.days);
  const { role, user: name } = options;
  if (role === "vendor" && options.party === undefined) throw missingName("--party", role);
  if (role === "agent" && options.agent === undefined) throw missingName("--agent", role);
  await withSession(config, async ({ store, now }) => {
    const partyId = await idOfName(store, "party", options.party);
    const agentId = await idOfName(store, "agent", options.agent);
    const user = { name, role, partyId, agentId };
    const token = await issueToken(store, { user, name: "command line", now: now(), days });
    const expiresAt = new Date(now().getTime() + days * 86_400_000).toISOString();
    if (options.json) printJson({ token, user: name, role, expiresAt });
    else printLine(token);
  });
}

async function revoke(
  token: string | undefined,
  options: RevokeOptions,
  config: Config,
): Promise<void> {
  const { user } = options;
  if ((token === undefined) === (user === undefined)) {
    const expected = "either a token or --user";
    throw inputError({ code: "missing_token", path: "token", expected });
  }
  await withSession(config, async ({ store, now }) => {
    const which = token === undefined ? { user: user as string } : { token };
    const revoked = await revokeTokens(store, which, now());
    if (options.json) printJson({ revoked });
    else printLine(`${revoked} revoked`);
    if (revoked === 0) process.exitCode = 1;
  });
}

function daysOf(text: string): number {
  const days = Number(text);
  if (Number.isInteger(days) && days >= 1 && days <= MOST_DAYS) return days;
  const expected = `a whole number from 1 to ${MOST_DAYS}`;
  throw inputError({ code: "invalid_days", path: "--days", value: text, expected });
}

export function missingName(path: string, role: Role): Error {
  return inputError({ code: "missing_option", path, expected: `a name, for the role ${role}` });
}

/** The one row of that name. Two sites may each have an agent of one name: neither is guessed. */
export async function idOfName(
  store: Store,
  table: "party" | "agent",
  name: string | undefined,
): Promise<number | null> {
  if (name === undefined) return null;
  const [id, ...others] = await idsOfName(store.db, table, name);
  if (id !== undefined && others.length === 0) return id;
  const code = id === undefined ? `unknown_${table}` : `ambiguous_${table}`;
  const expected = id === undefined ? `the name of a known ${table}` : "a name of only one";
  throw inputError({ code, path: `--${table}`, value: name, expected });
}
