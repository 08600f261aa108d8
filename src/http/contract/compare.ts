/** How far a figure moved against another period or another group, and whether it is more than chance. */

import { z } from "zod";
import { SPREAD_METRICS } from "./reading.ts";
import { day, filterQuery, READERS, route, uuid } from "./route.ts";

/** Figures of a centre, counted by the day; those of SPREAD_METRICS are means over agents. */
export const DAY_METRICS = [
  "serviceLevel",
  "abandonment",
  "averageSpeedOfAnswerSeconds",
  "occupancy",
] as const;

const list = z
  .string()
  .transform((text) => text.split(",").filter((part) => part !== ""))
  .pipe(z.array(uuid));

const side = z.object({
  value: z.number().nullable(),
  n: z.number().int().describe("agents or days that the figure and its change rest on"),
});

export const change = route({
  method: "get",
  path: "/change",
  summary: "The change of a figure against another period or group, with its interval and verdict",
  roles: READERS,
  // A single agent's figures have no test of their own here.
  query: filterQuery.omit({ agent: true }).extend({
    metric: z.enum([...SPREAD_METRICS, ...DAY_METRICS]),
    threshold: z.coerce.number().int().default(20).describe("seconds of the service level"),
    againstFrom: day.optional().describe("first day of the other side; as `from` where not said"),
    againstTo: day.optional().describe("the day after its last"),
    againstParty: list.optional().describe("the other side's own filter: none where not said"),
    againstTeam: list.optional(),
    againstQueue: list.optional(),
    againstChannel: filterQuery.shape.channel,
  }),
  response: z.object({
    metric: z.enum([...SPREAD_METRICS, ...DAY_METRICS]),
    basis: z
      .enum(["same_agents", "two_groups", "days"])
      .describe("each agent against itself, agents against other agents, days against days"),
    now: side,
    against: side,
    change: z.number().nullable().describe("now less against"),
    low: z.number().nullable().describe("of the 95 % interval"),
    high: z.number().nullable(),
    verdict: z.enum(["shown", "not_shown", "cannot_be_told"]),
    reason: z
      .enum(["shared_contacts", "too_few", "no_figure"])
      .nullable()
      .describe("why it cannot be told"),
  }),
});
