/** Studies of spread, for those who see the whole centre. */

import type { DayRange } from "../../domain/shared/vocabulary.ts";
import { askingOf } from "../../flows/read/scope.ts";
import { studyOfSpread } from "../../flows/studies/spread-study.ts";
import { boundsOf } from "../bounds.ts";
import { spreadStudy } from "../contract/studies.ts";
import { type Mounted, mountShared } from "../mount.ts";

export const STUDY_ROUTES: readonly Mounted[] = [
  mountShared(spreadStudy, async ({ query, caller, context, signal }) => {
    const asking = await askingOf(context.store, {}, boundsOf(caller), context.now());
    const { metric, seed } = query;
    const before = rangeOf(query.beforeFrom, query.beforeTo);
    const after = rangeOf(query.afterFrom, query.afterTo);
    return studyOfSpread(context.store, asking, { metric, before, after, seed }, { signal });
  }),
];

/** The contract has both ends or neither. */
function rangeOf(from: string | undefined, to: string | undefined): DayRange | undefined {
  return from === undefined || to === undefined ? undefined : { from, to };
}
