/** Coming in with a name and a password, and going. */

import { z } from "zod";
import { ROLES } from "../../domain/shared/vocabulary.ts";
import { instant, route } from "./route.ts";

export const beginSession = route({
  method: "post",
  path: "/session",
  summary: "Signs in with a local account: 401 where it is refused, 429 after too many attempts",
  roles: "anyone",
  body: z.object({ name: z.string().min(1).max(200), password: z.string().min(1).max(1000) }),
  response: z.object({ name: z.string(), role: z.enum(ROLES), expiresAt: instant }),
  status: 201,
});

export const endSession = route({
  method: "delete",
  path: "/session",
  summary: "Signs out: ends the session of the cookie, if there is one",
  roles: "anyone",
  response: z.null(),
  status: 204,
});

export const auditLog = route({
  method: "get",
  path: "/audit",
  summary: "Who changed what, the latest first",
  roles: ["administrator"],
  query: z.object({
    limit: z.coerce.number().int().min(1).max(1000).default(100),
    cursor: z.coerce.number().int().positive().optional(),
  }),
  response: z.object({
    rows: z.array(
      z.object({
        at: instant,
        user: z.string().nullable().describe("null: on the command line"),
        action: z.string(),
        subject: z.string().nullable(),
        detail: z.record(z.string(), z.unknown()).describe("what changed, from what to what"),
      }),
    ),
    next: z.string().nullable(),
  }),
  rowsKey: "rows",
});
