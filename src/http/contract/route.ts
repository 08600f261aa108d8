/**
 * How a route is written down: method, path, who may call it, and the shapes of what goes in and out.
 * The server mounts routes from these, the OpenAPI document is made from them, and the dashboards
 * import their types. Nothing here knows Express.
 */

import { z } from "zod";
import { CHANNELS, type Role } from "../../domain/shared/vocabulary.ts";

export interface Route<
  Query extends z.ZodType = z.ZodType,
  Body extends z.ZodType = z.ZodType,
  Response extends z.ZodType = z.ZodType,
> {
  readonly method: "get" | "post" | "put" | "patch" | "delete";
  /** Below /api/v1, parameters as {name}: "/tasks/{task}". */
  readonly path: string;
  readonly summary: string;
  /** Roles that may call it; "anyone" needs no token. */
  readonly roles: readonly Role[] | "anyone";
  readonly query?: Query;
  readonly body?: Body;
  /** Its body is a file: `application/octet-stream`, read as it comes in and never held whole. */
  readonly bytes?: boolean;
  readonly response: Response;
  /** The status of success; 200 where it is not said. */
  readonly status?: 200 | 201 | 202 | 204;
  /** Rows of this key of the response also travel as Arrow IPC and CSV. */
  readonly rowsKey?: string;
  /** The route writes, and a repeated Idempotency-Key answers with what was written the first time. */
  readonly idempotent?: boolean;
  /**
   * Why the handler gets the whole store though its caller is a vendor or an agent, whose store the
   * database bounds else. Such a handler itself proves that it touches the caller's own rows alone.
   */
  readonly wholeStore?: string;
  /** The change wants the version that was looked at, in If-Match; its `etag` is another after it. */
  readonly versioned?: boolean;
  /** Its success is kept in the log of changes, with the caller and the parameters of the path. */
  readonly audited?: boolean;
}

/** Keeps the precise types of a route; nothing else. */
export function route<Q extends z.ZodType, B extends z.ZodType, R extends z.ZodType>(
  definition: Route<Q, B, R>,
): Route<Q, B, R> {
  return definition;
}

export const day = z.iso.date();
export const instant = z.iso.datetime({ offset: true });
export const uuid = z.uuid();

/** Several values with commas between. */
export const list = <Item extends z.ZodType<string, string>>(item: Item) =>
  z
    .string()
    .transform((text) => text.split(",").filter((part) => part !== ""))
    .pipe(z.array(item));

/** The filter bar: in every address of the dashboards and every reading route. `to` is not in it. */
export const filterQuery = z.object({
  from: day.optional().describe("first day, in the site's zone"),
  to: day.optional().describe("the day after the last"),
  party: list(uuid).optional().describe("ids, comma between"),
  team: list(uuid).optional(),
  queue: list(uuid).optional(),
  agent: list(uuid).optional(),
  channel: list(z.enum(CHANNELS)).optional(),
});
export type FilterQuery = z.infer<typeof filterQuery>;

/** RFC 9457. */
export const problem = z.object({
  type: z.string(),
  title: z.string(),
  status: z.number().int(),
  detail: z.string().optional(),
  code: z.string().describe("stable: what a program tells cases apart by"),
  faults: z
    .array(
      z.object({
        code: z.string(),
        path: z.string(),
        value: z.unknown().optional(),
        expected: z.string().optional(),
      }),
    )
    .optional(),
});
export type Problem = z.infer<typeof problem>;

export const READERS = ["administrator", "manager", "planner", "vendor", "agent"] as const;
