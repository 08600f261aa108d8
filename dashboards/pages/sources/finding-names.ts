/** What a finding's code means in plain words; a code nobody has put into words yet is shown as it is. */

import type { TextKey, Translate } from "../../i18n/catalogue.ts";
import { en } from "../../i18n/en.ts";

function worded(prefix: "finding" | "reject", code: string, t: Translate): string {
  const key = `${prefix}.${code}`;
  if (!(key in en)) return code.replaceAll("_", " ");
  // Texts of findings have no variables.
  return (t as (key: TextKey) => string)(key as TextKey);
}

export const findingName = (code: string, t: Translate): string => worded("finding", code, t);
export const rejectName = (code: string, t: Translate): string => worded("reject", code, t);
