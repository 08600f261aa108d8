/** Names of kinds of records, fields and words of choices; what has no words is shown as it is. */

import { ApiError } from "../../../api/client.ts";
import type { Fault } from "../../../api/uploads.ts";
import type { TextKey, Translate } from "../../../i18n/catalogue.ts";
import { en } from "../../../i18n/en.ts";

/** Texts of these keys have no variables. */
function worded(key: string, otherwise: string, t: Translate): string {
  return key in en ? (t as (key: TextKey) => string)(key as TextKey) : otherwise;
}

export const recordName = (record: string, t: Translate): string =>
  worded(`drop.record.${record}`, record, t);

export const fieldName = (field: string, t: Translate): string =>
  worded(`drop.field.${field}`, field, t);

export const formatName = (format: string, t: Translate): string =>
  worded(`drop.format.${format}`, format, t);

/** A word of a choice: a channel, an outcome, a state. */
export const choiceName = (choice: string, t: Translate): string =>
  worded(`drop.choice.${choice}`, choice.replaceAll("_", " "), t);

export const unitName = (unit: string, t: Translate): string =>
  worded(`drop.unit.${unit}`, unit, t);

/** Why a file or a mapping is no good: in words where there are some, and what was expected. */
export function faultWords({ code, value, expected, line }: Fault, t: Translate): string {
  const what = worded(`drop.fault.${code}`, worded(`reject.${code}`, code, t), t);
  const parts = [
    ...(line === undefined ? [] : [t("drop.line", { line: String(line) })]),
    value === undefined || value === "" ? what : `${what}: ${value}`,
    ...(expected === undefined ? [] : [t("drop.expected", { expected })]),
  ];
  return parts.join(t("detail.separator"));
}

export function problemOf(error: Error, t: Translate): string {
  if (!(error instanceof ApiError)) return error.message;
  if (error.status === 0) return t("error.noAnswer");
  const said = worded(`drop.fault.${error.code}`, worded(`reject.${error.code}`, "", t), t);
  const detail = error.detail ?? (said === "" ? error.message : "");
  if (said === "") return detail;
  return detail === "" ? said : `${said}${t("detail.separator")}${detail}`;
}
