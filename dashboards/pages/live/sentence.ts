/** The live answer in words: how many wait, for how long, and who is free. */

import type { LiveSnapshot } from "../../api/types.ts";
import type { Translate } from "../../i18n/catalogue.ts";
import type { Formats } from "../../i18n/formats.ts";

interface Words {
  readonly t: Translate;
  readonly formats: Formats;
}

const sum = <Item>(items: readonly Item[], of: (item: Item) => number): number =>
  items.reduce((total, item) => total + of(item), 0);

/** No work has been given out here, and nobody is there to take any. */
export const isQuiet = ({ queues, agents, assignments }: LiveSnapshot): boolean =>
  queues.length === 0 && agents.length === 0 && assignments.length === 0;

export function liveSentence({ queues, pools }: LiveSnapshot, { t, formats }: Words): string {
  const waiting = sum(queues, (queue) => queue.waiting);
  const free = formats.number(sum(pools, (pool) => pool.free));
  const all = sum(pools, (pool) => pool.signedOn);
  if (waiting === 0 && all === 0) return t("live.nobody");
  const signedOn = formats.number(all);
  if (waiting === 0) return t("live.nothingWaits", { free, signedOn });
  const oldest = Math.max(0, ...queues.map((queue) => queue.oldestWaitingSeconds ?? 0));
  return t("live.waiting", {
    count: waiting,
    shown: formats.number(waiting),
    oldest: formats.duration(oldest),
    free,
    signedOn,
  });
}

export function liveBasis(snapshot: LiveSnapshot, { t, formats }: Words): string {
  const { at, queues } = snapshot;
  const asOf = t("live.at", { time: formats.timeWithSeconds(at) });
  if (isQuiet(snapshot)) return asOf;
  const overdue = sum(queues, (queue) => queue.overdue);
  const parts = [
    t("live.basis", {
      inWork: formats.number(sum(queues, (queue) => queue.inWork)),
      done: formats.number(sum(queues, (queue) => queue.doneLastHour)),
    }),
  ];
  if (overdue > 0)
    parts.push(t("live.overdue", { count: overdue, shown: formats.number(overdue) }));
  parts.push(asOf);
  return parts.join(t("sentence.space"));
}
