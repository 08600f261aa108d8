/** Sources, rows that were not taken, and two names of one agent: asked for and changed. */

import { infiniteQueryOptions, queryOptions } from "@tanstack/react-query";
import type { z } from "zod";
import type * as joins from "../../src/http/contract/agent-joins.ts";
import type { JobRunShape } from "../../src/http/contract/jobs.ts";
import type * as rejected from "../../src/http/contract/rejects.ts";
import type * as sources from "../../src/http/contract/sources.ts";
import { getJson, sendJson } from "./client.ts";
import { dimensionsQuery, qualityQuery, queryClient } from "./queries.ts";

export type Sources = z.output<typeof sources.sources.response>;
export type Source = Sources["sources"][number];
export type Rejects = z.output<typeof rejected.rejects.response>;
export type Reject = Rejects["rows"][number];
export type Retried = z.output<typeof rejected.retryRejects.response>;
export type RetryWish = z.input<NonNullable<typeof rejected.retryRejects.body>>;
export type AgentJoins = z.output<typeof joins.agentJoinList.response>;
export type AgentJoin = joins.AgentJoin;
export type SuspectedPair = AgentJoins["suspected"][number];

const MINUTE = 60_000;
const SECOND = 1000;

/** While folders are being pulled it is asked for each second, so that progress shows and the end. */
export const sourcesQuery = queryOptions({
  queryKey: ["sources"],
  queryFn: ({ signal }) => getJson<Sources>("/sources", {}, signal),
  refetchInterval: ({ state }) => (state.data?.lastPull?.state === "running" ? SECOND : MINUTE),
});

export interface RejectsQuery {
  readonly source: string;
  readonly code: string;
  readonly field: string;
}

const ROWS_A_PAGE = 100;

export const rejectsQuery = (query: RejectsQuery) =>
  infiniteQueryOptions({
    queryKey: ["rejects", query],
    queryFn: ({ pageParam, signal }) => {
      const page = pageParam === null ? {} : { cursor: pageParam };
      return getJson<Rejects>("/rejects", { ...query, limit: ROWS_A_PAGE, ...page }, signal);
    },
    initialPageParam: null as string | null,
    getNextPageParam: ({ next }) => next,
  });

export const agentJoinsQuery = queryOptions({
  queryKey: ["agent-joins"],
  queryFn: ({ signal }) => getJson<AgentJoins>("/agent-joins", {}, signal),
});

const path = (...parts: readonly string[]) => `/${parts.map(encodeURIComponent).join("/")}`;

/** What a change of sources may have changed on the page. */
export async function askSourcesAgain(): Promise<void> {
  await Promise.all([
    queryClient.invalidateQueries({ queryKey: sourcesQuery.queryKey }),
    queryClient.invalidateQueries({ queryKey: qualityQuery.queryKey }),
    queryClient.invalidateQueries({ queryKey: ["rejects"] }),
    queryClient.invalidateQueries({ queryKey: dimensionsQuery.queryKey }),
  ]);
}

export async function pullSource({ id }: Source): Promise<JobRunShape> {
  return sendJson<JobRunShape>("POST", path("sources", id, "pull"));
}

export async function pauseSource({ id, etag, paused }: Source): Promise<unknown> {
  return sendJson("PATCH", path("sources", id), { body: { paused: !paused }, etag });
}

export async function retryRejects(source: string, body: RetryWish): Promise<Retried> {
  return sendJson<Retried>("POST", path("sources", source, "rejects", "retry"), { body });
}

/** Figures count under the person at once, so everything that was asked before is asked again. */
export async function joinAgents(agent: string, into: string): Promise<void> {
  await sendJson("POST", "/agent-joins", { body: { agent, into } });
  await queryClient.invalidateQueries();
}

export async function undoJoin({ id }: AgentJoin): Promise<void> {
  await sendJson("POST", path("agent-joins", id, "undo"));
  await queryClient.invalidateQueries();
}
