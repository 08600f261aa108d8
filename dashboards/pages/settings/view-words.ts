/** What somebody looked at, in words: which figures, of which days, by what. */

import type { IndividualView } from "../../api/accounts.ts";
import type { Site } from "../../frame/context.ts";
import { addDays } from "../../frame/periods.ts";
import type { Translate } from "../../i18n/catalogue.ts";

const ROUTES = {
  "/metrics": "metrics",
  "/spread": "spread",
  "/contacts": "contacts",
  "/quality": "quality",
  "/rejects": "rejects",
  "/sources/{source}/rejects/retry": "retry",
  "/agent-joins": "joins",
} as const;

export function routeWords({ route }: IndividualView, t: Translate): string {
  const known = Object.entries(ROUTES).find(([path]) => path === route)?.[1];
  return known === undefined ? route : t(`looks.route.${known}`);
}

/** The days in the reader's way; what else was asked as the API was asked. */
export function questionWords(
  { question }: IndividualView,
  { t, formats }: Pick<Site, "t" | "formats">,
): string {
  const { from, to, ...rest } = question;
  const days =
    typeof from === "string" && typeof to === "string"
      ? [t("looks.days", { from: formats.dayLong(from), to: formats.dayLong(addDays(to, -1)) })]
      : [];
  const others = Object.entries(rest).flatMap(([key, value]) => {
    const text = Array.isArray(value) ? value.join(",") : String(value);
    // Ids of agents stand in their own column, by name.
    return key === "agent" || text === "" ? [] : [`${key}=${text}`];
  });
  return [...days, ...others].join(" · ");
}
