/** Why something was refused, in words; what is not in words yet in the server's own. */

import { ApiError } from "../../api/client.ts";
import type { TextKey, Translate } from "../../i18n/catalogue.ts";
import { en } from "../../i18n/en.ts";

export function problemWords(error: Error, t: Translate): string {
  if (!(error instanceof ApiError)) return error.message;
  if (error.status === 0) return t("error.noAnswer");
  const key = `sources.problem.${error.code}`;
  // Texts of problems have no variables.
  if (key in en) return (t as (key: TextKey) => string)(key as TextKey);
  return error.detail ?? error.message;
}
