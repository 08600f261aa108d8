/** The shapes of the HTTP contract, inferred from it. Types only: no zod reaches the browser. */

import type { z } from "zod";
import type * as compare from "../../src/http/contract/compare.ts";
import type * as live from "../../src/http/contract/live.ts";
import type * as reading from "../../src/http/contract/reading.ts";
import type { Problem as ProblemDocument, Route } from "../../src/http/contract/route.ts";
import type * as work from "../../src/http/contract/work.ts";

export type ResponseOf<R extends Route> = z.output<R["response"]>;
export type QueryOf<R extends Route> = z.input<NonNullable<R["query"]>>;
export type BodyOf<R extends Route> = z.input<NonNullable<R["body"]>>;

export type Session = ResponseOf<typeof reading.session>;
export type Dimensions = ResponseOf<typeof reading.dimensions>;
export type Metrics = ResponseOf<typeof reading.metrics>;
export type MetricsRow = Metrics["rows"][number];
export type MetricDefinition = ResponseOf<typeof reading.definitions>["definitions"][number];
export type Spread = ResponseOf<typeof reading.spread>;
export type SpreadMetric = Spread["metric"];
export type SpreadAgent = Spread["agents"][number];
export type Volume = ResponseOf<typeof reading.volume>;
export type VolumeRow = Volume["rows"][number];
export type Change = ResponseOf<typeof compare.change>;
export type ChangeMetric = Change["metric"];
export type Quality = ResponseOf<typeof reading.quality>;
export type Contacts = ResponseOf<typeof reading.contacts>;
export type Tasks = ResponseOf<typeof work.tasks>;
export type OneTask = ResponseOf<typeof work.oneTask>;
export type LiveSnapshot = ResponseOf<typeof live.live>;
export type MetricGroup = reading.MetricGroup;
export type Channel = Dimensions["channels"][number];
export type Role = Session["role"];
export type Problem = ProblemDocument;

export type MetricsQuery = QueryOf<typeof reading.metrics>;
export type SpreadQuery = QueryOf<typeof reading.spread>;
export type VolumeQuery = QueryOf<typeof reading.volume>;
export type ChangeQuery = QueryOf<typeof compare.change>;
export type ContactsQuery = QueryOf<typeof reading.contacts>;
export type TasksQuery = QueryOf<typeof work.tasks>;
/** The filter bar as the API takes it: days and ids with commas between. */
export type FilterParameters = Pick<
  ContactsQuery,
  "from" | "to" | "party" | "team" | "queue" | "agent" | "channel"
>;
