/** Filters in words: each that is set, with the names that were chosen. */

import type { Site } from "./context.ts";
import { CHOICES, type Choice } from "./filters.ts";

export function filterWords(
  chosen: Readonly<Record<Choice, readonly string[]>>,
  { t, dimensions }: Pick<Site, "t" | "dimensions">,
): string[] {
  const named = {
    party: dimensions.parties,
    team: dimensions.teams,
    queue: dimensions.queues,
    channel: dimensions.channels.map((id) => ({ id, name: t(`channel.${id}`) })),
  } satisfies Record<Choice, readonly { id: string; name: string }[]>;
  return CHOICES.filter((choice) => chosen[choice].length > 0).map((choice) => {
    const names = chosen[choice].map(
      (id) => named[choice].find((each) => each.id === id)?.name ?? id,
    );
    const joined = names.join(t("print.separator"));
    return t("print.filter", { name: t(`filter.${choice}`), chosen: joined });
  });
}
