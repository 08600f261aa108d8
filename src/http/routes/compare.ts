/** The change of a figure between two questions, each bound to what the caller may see. */

import { changeReport } from "../../flows/read/change-report.ts";
import { askingOf } from "../../flows/read/scope.ts";
import { boundsOf } from "../bounds.ts";
import { change } from "../contract/compare.ts";
import { type Mounted, mountShared } from "../mount.ts";

export const COMPARE_ROUTES: readonly Mounted[] = [
  mountShared(change, async ({ query, caller, context }) => {
    const bounds = boundsOf(caller);
    const now = await askingOf(context.store, query, bounds, context.now());
    const other = {
      from: query.againstFrom ?? now.scope.from,
      to: query.againstTo ?? now.scope.to,
      party: query.againstParty,
      team: query.againstTeam,
      queue: query.againstQueue,
      channel: query.againstChannel,
    };
    const against = await askingOf(context.store, other, bounds, context.now());
    const { metric, threshold } = query;
    return changeReport(context.store, { metric, threshold, now, against });
  }),
];
