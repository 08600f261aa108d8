/** Accounts and tokens, the own password, and who saw whose figures. */

import { z } from "zod";
import { ROLES, type Role } from "../../domain/shared/vocabulary.ts";
import { day, instant, READERS, route, uuid } from "./route.ts";

const ADMINISTRATORS: readonly Role[] = ["administrator"];
const named = z.object({ id: uuid, name: z.string() });
const accountName = z.string().trim().min(1).max(200);
const password = z.string().max(1000).describe("12 to 256 characters");

const rights = z.object({
  role: z.enum(ROLES),
  party: uuid.nullable().describe("a vendor's, and nobody else's"),
  agent: uuid.nullable().describe("an agent's, and nobody else's"),
});

/** The most agents that one can choose among, and that stand in a row of the log. */
export const MOST_CHOICES = 500;
export const MOST_NAMED = 100;

export const account = z.object({
  id: uuid,
  name: z.string(),
  role: z.enum(ROLES),
  party: named.nullable(),
  agent: named.nullable(),
  hasPassword: z.boolean().describe("else it comes in by token only"),
  createdAt: instant,
  lastSignInAt: instant.nullable().describe("of the sessions that are kept"),
  disabledAt: instant.nullable(),
  etag: z.string().describe("what a change of it sends as If-Match"),
});

export const accounts = route({
  method: "get",
  path: "/accounts",
  summary: "Who may sign in, and what for",
  roles: ADMINISTRATORS,
  response: z.object({ rows: z.array(account) }),
  rowsKey: "rows",
});

export const accountAgents = route({
  method: "get",
  path: "/accounts/agents",
  summary: "The agents that an account can be, by name; of very many the first that fit a search",
  roles: ADMINISTRATORS,
  query: z.object({
    search: z.string().max(200).optional().describe("what stands in the name"),
  }),
  response: z.object({
    rows: z.array(named.extend({ site: z.string() })),
    more: z.boolean().describe("there are more: a search finds them"),
  }),
  rowsKey: "rows",
});

export const makeAccount = route({
  method: "post",
  path: "/accounts",
  summary: "Makes an account with its first password: 409 where there is one of that name",
  roles: ADMINISTRATORS,
  body: z.object({ name: accountName, rights, password }),
  response: account,
  status: 201,
});

export const changeAccount = route({
  method: "patch",
  path: "/accounts/{account}",
  summary: "Gives an account other rights or another password, disables it, lets it in again",
  roles: ADMINISTRATORS,
  body: z.object({
    rights: rights.optional(),
    password: password.optional(),
    disabled: z.boolean().optional(),
  }),
  response: account,
  versioned: true,
});

export const changePassword = route({
  method: "put",
  path: "/session/password",
  wholeStore: "it changes the password and the sessions of the caller's own account alone",
  summary: "Changes the own password: 403 where the old one is wrong, 429 after too many attempts",
  roles: READERS,
  body: z.object({ old: z.string().max(1000), password }),
  response: z.null(),
  status: 204,
});

export const tokens = route({
  method: "get",
  path: "/tokens",
  summary: "Access tokens: whose, until when, last used when",
  roles: ADMINISTRATORS,
  response: z.object({
    rows: z.array(
      z.object({
        id: uuid,
        name: z.string().describe("what it is for"),
        user: z.string(),
        role: z.enum(ROLES),
        createdAt: instant,
        expiresAt: instant,
        lastUsedAt: instant.nullable(),
        revokedAt: instant.nullable(),
      }),
    ),
  }),
  rowsKey: "rows",
});

export const issueToken = route({
  method: "post",
  path: "/tokens",
  summary: "Makes a token of an account: it is shown here and never again",
  roles: ADMINISTRATORS,
  body: z.object({
    account: uuid,
    name: accountName,
    days: z.number().int().min(1).max(3650),
  }),
  response: z.object({ token: z.string(), expiresAt: instant }),
  status: 201,
});

export const revokeToken = route({
  method: "delete",
  path: "/tokens/{token}",
  summary: "Ends a token, and the sessions that its link began",
  roles: ADMINISTRATORS,
  response: z.null(),
  status: 204,
});

export const individualViews = route({
  method: "get",
  path: "/individual-views",
  summary: "Who saw whose individual figures, the latest first: a row a question and hour",
  roles: ADMINISTRATORS,
  query: z.object({
    user: uuid.optional().describe("id of the account that looked"),
    agent: uuid.optional().describe("who was looked at"),
    from: day.optional().describe("first day, in the site's zone"),
    to: day.optional().describe("the day after the last"),
    cursor: z.coerce.number().int().positive().optional(),
    limit: z.coerce.number().int().min(1).max(1000).default(50),
  }),
  response: z.object({
    rows: z.array(
      z.object({
        at: instant.describe("when first in its hour"),
        user: z.string(),
        role: z.enum(ROLES),
        route: z.string(),
        agents: z.array(named).describe("the first of them"),
        agentCount: z.number().int().describe("of all of them"),
        question: z.record(z.string(), z.unknown()).describe("the query that was asked"),
      }),
    ),
    next: z.string().nullable(),
  }),
  rowsKey: "rows",
});
