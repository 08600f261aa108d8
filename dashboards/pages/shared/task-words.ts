/** Kinds of tasks in words: those that Muster makes have some; those that come from the API are words. */

import type { Translate } from "../../i18n/catalogue.ts";

const KINDS = ["ticket", "follow_up", "call_back"] as const;

export function kindWords(kind: string, t: Translate): string {
  const known = KINDS.find((each) => each === kind);
  return known === undefined ? kind.replaceAll("_", " ") : t(`task.${known}`);
}
