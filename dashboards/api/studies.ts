/** Studies of spread: what `GET /studies/spread` answers, and why there can be none. */

import { keepPreviousData, queryOptions } from "@tanstack/react-query";
import type { spreadStudy } from "../../src/http/contract/studies.ts";
import { ApiError, getJson } from "./client.ts";
import type { ResponseOf, SpreadMetric } from "./types.ts";

export type SpreadStudy = ResponseOf<typeof spreadStudy>;
export type StudyVerdict = SpreadStudy["verdict"];
export type StudyInterval = NonNullable<SpreadStudy["treated"]["change"]["interval"]>;
export type StudyFifth = NonNullable<SpreadStudy["fifths"]>[number];
export type StudyCut = SpreadStudy["cuts"][number];
export type StudyComposition = NonNullable<SpreadStudy["composition"]>;

/** Codes that say there is nothing to study, which is no failure. */
const NO_STUDY = ["no_adoption", "invalid_period"] as const;
export type NoStudy = (typeof NO_STUDY)[number];

/** Of the whole centre and all its days. */
export const spreadStudyQuery = (metric: SpreadMetric) =>
  queryOptions({
    queryKey: ["studies", "spread", metric],
    queryFn: ({ signal }): Promise<SpreadStudy | NoStudy> =>
      getJson<SpreadStudy>("/studies/spread", { metric }, signal).catch(whyNone),
    placeholderData: keepPreviousData,
  });

function whyNone(error: unknown): NoStudy {
  const code = error instanceof ApiError ? error.code : null;
  const known = NO_STUDY.find((each) => each === code);
  if (known === undefined) throw error;
  return known;
}
