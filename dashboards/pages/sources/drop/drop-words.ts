/** Names of kinds of records, fields and words of choices; what has no words is shown as it is. */

import { ApiError } from "../../../api/client.ts";
import type { Fault, Preview } from "../../../api/uploads.ts";
import type { TextKey, Translate } from "../../../i18n/catalogue.ts";
import { en } from "../../../i18n/en.ts";
import type { Formats } from "../../../i18n/formats.ts";

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

type Doubt = Preview["notes"][number];

interface Wording {
  readonly t: Translate;
  readonly formats: Pick<Formats, "number">;
}

/** What is doubtful about a suggested mapping; a code without words is shown as it is. */
export function doubtWords({ code, parameters }: Doubt, { t, formats }: Wording): string {
  const key = `drop.doubt.${code}`;
  if (!(key in en)) return code;
  const written = Object.entries(parameters).map(([name, value]) => [
    name,
    typeof value === "number" ? formats.number(value) : parameterWords(name, value, t),
  ]);
  const inWords = t as (key: string, values: Readonly<Record<string, string>>) => string;
  return inWords(key, Object.fromEntries(written));
}

/** Names of ours in the reader's words, what the file says as it says it. */
function parameterWords(name: string, value: string, t: Translate): string {
  if (name === "field") return fieldName(value, t);
  if (name === "record" || name === "taken") return recordName(value, t);
  if (name === "unit") return unitName(value, t);
  return name === "reason" ? worded(`reject.${value}`, value, t) : value;
}
