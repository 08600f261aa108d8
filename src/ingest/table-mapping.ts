/**
 * The mapping file of the `table` format: which column, in which form, becomes which of our fields.
 * It is data only; nothing in it is ever run.
 *
 * @example
 * { "record": "contact", "zone": "Asia/Shanghai", "delimiter": ";", "decimal": ",",
 *   "fields": {
 *     "externalId": "Call Id",
 *     "arrivedAt": { "columns": ["Date", "Time"], "format": "dd.MM.yyyy H:mm" },
 *     "outcome": { "column": "Answered", "values": { "Y": "handled", "N": "abandoned" } },
 *     "talkSeconds": { "column": "Talk", "unit": "hh:mm:ss", "default": "0:00:00" },
 *     "channel": { "constant": "call" } } }
 */

import * as z from "zod";
import { type Fault, InputError } from "../domain/shared/errors.ts";
import { zoneClock } from "../domain/shared/zone.ts";
import { fieldsOf, TABLE_RECORDS } from "./table-fields.ts";

export const UNITS = [
  "seconds",
  "minutes",
  "ms",
  "hh:mm:ss",
  "day_fraction",
  "excel_serial",
  "12h_clock",
] as const;

const cell = {
  column: z.string().min(1).optional(),
  /** Several columns are joined by a space. */
  columns: z.array(z.string().min(1)).min(1).optional(),
  format: z.string().min(1).optional(),
  /** Tried in order. */
  formats: z.array(z.string().min(1)).min(1).optional(),
  unit: z.enum(UNITS).optional(),
  /** Texts to be read as other texts, before anything else is made of them. */
  values: z.record(z.string(), z.string()).optional(),
  /** What happens to a text that `values` does not hold; it is rejected unless told otherwise. */
  others: z.enum(["reject", "keep"]).optional(),
  /** Read instead of an empty cell. */
  default: z.string().optional(),
  /** Of a satisfaction score: the lowest and the highest there is. */
  scale: z.tuple([z.number(), z.number()]).optional(),
};

const cellRule = z.strictObject(cell);
const constantRule = z.strictObject({ constant: z.union([z.string(), z.number(), z.boolean()]) });

export type CellRule = z.infer<typeof cellRule>;
export type FieldRule = CellRule | z.infer<typeof constantRule>;

/** Told apart by shape, so that a fault names the key that is wrong and not a union. */
export const fieldRule = z.unknown().transform((value, context): FieldRule => {
  if (typeof value === "string") return { column: value };
  const isConstant = typeof value === "object" && value !== null && "constant" in value;
  const result = (isConstant ? constantRule : cellRule).safeParse(value);
  if (result.success) return result.data;
  for (const issue of result.error.issues) {
    context.addIssue({ code: "custom", message: issue.message, path: [...issue.path] });
  }
  return z.NEVER;
});

const mappingShape = z.strictObject({
  record: z.enum(TABLE_RECORDS),
  /** Found out from the text where it is not given. */
  layout: z.enum(["delimited", "json_lines"]).optional(),
  delimiter: z.string().length(1).optional(),
  /** Of a workbook: the sheet to read. Not given: the only one that has the columns. */
  sheet: z.string().min(1).optional(),
  zone: z.string().optional(),
  decimal: z.enum([".", ","]).default("."),
  fields: z.record(z.string(), fieldRule),
  /** A satisfaction score in a row that is a contact. */
  survey: z.strictObject({ score: fieldRule }).optional(),
  /** A flag in a row that is a contact: when it is true, the contact had this result. */
  resolvedOutcome: z
    .strictObject({
      flag: fieldRule,
      action: z.string().min(1).default("resolved"),
      verified: z.boolean().default(false),
    })
    .optional(),
});

export type TableMapping = z.infer<typeof mappingShape>;

/**
 * The mapping as given, checked as a whole.
 *
 * @throws InputError `invalid_mapping` or `missing_mapping`, with every fault there is.
 */
export function tableMapping(given: unknown): TableMapping {
  if (given === null || given === undefined) {
    const expected = "a mapping file (--map)";
    throw new InputError([{ code: "missing_mapping", path: "mapping", expected }]);
  }
  const result = mappingShape.safeParse(given);
  if (!result.success) throw new InputError(result.error.issues.map((issue) => faultOf(issue)));
  const faults = mappingFaults(result.data);
  if (faults.length > 0) throw new InputError(faults);
  return result.data;
}

function faultOf(issue: { path: PropertyKey[]; message: string }): Fault {
  return fault(issue.path.map(String), issue.message);
}

function mappingFaults(mapping: TableMapping): Fault[] {
  const known = fieldsOf(mapping.record);
  const faults: Fault[] = [];
  for (const [name, rule] of Object.entries(mapping.fields)) {
    const definition = known[name];
    if (definition === undefined) {
      const names = Object.keys(known).join(", ");
      faults.push(fault(["fields", name], `a field of ${mapping.record}: ${names}`));
    } else {
      faults.push(...ruleFaults(["fields", name], rule, definition.kind.is));
    }
  }
  for (const [name, definition] of Object.entries(known)) {
    if (definition.required && mapping.fields[name] === undefined) {
      faults.push(fault(["fields", name], `a column: ${mapping.record} needs it`));
    }
  }
  if (mapping.survey)
    faults.push(...ruleFaults(["survey", "score"], mapping.survey.score, "score"));
  const resolved = mapping.resolvedOutcome;
  if (resolved) faults.push(...ruleFaults(["resolvedOutcome", "flag"], resolved.flag, "flag"));
  if ((mapping.survey || resolved) && mapping.record !== "contact") {
    faults.push(fault(["record"], "contact, when survey or resolvedOutcome is given"));
  }
  const { amount, currency } = mapping.fields;
  // A payment has been told already that it needs one.
  if (amount !== undefined && currency === undefined && known.currency?.required === false) {
    faults.push(fault(["fields", "currency"], "a column or constant: amount needs it"));
  }
  if (mapping.zone !== undefined) faults.push(...zoneFaults(mapping.zone));
  return faults;
}

/** What is wrong with a rule of a field of this kind. */
export function ruleFaults(path: readonly string[], rule: FieldRule, kind: string): Fault[] {
  if ("constant" in rule) {
    return kind === "score" ? [fault(path, "a column: a score is no constant")] : [];
  }
  const faults: Fault[] = [];
  if ((rule.column === undefined) === (rule.columns === undefined)) {
    faults.push(fault(path, "one of column, columns and constant"));
  }
  if (rule.format !== undefined && rule.formats !== undefined) {
    faults.push(fault([...path, "format"], "either format or formats"));
  }
  if (kind !== "instant" && (rule.format !== undefined || rule.formats !== undefined)) {
    faults.push(fault([...path, "format"], "no format: only times have one"));
  }
  if (kind === "instant" && !["excel_serial", "day_fraction", undefined].includes(rule.unit)) {
    faults.push(fault([...path, "unit"], "excel_serial or day_fraction, or a format"));
  }
  if (!["instant", "seconds"].includes(kind) && rule.unit !== undefined) {
    faults.push(fault([...path, "unit"], "no unit: only times and durations have one"));
  }
  if (kind === "score" && !(rule.scale !== undefined && rule.scale[0] < rule.scale[1])) {
    faults.push(fault([...path, "scale"], "the lowest and the highest score, such as [1, 5]"));
  }
  return faults;
}

function zoneFaults(zone: string): Fault[] {
  try {
    zoneClock(zone);
    return [];
  } catch (error) {
    if (error instanceof InputError) return [...error.faults];
    throw error;
  }
}

function fault(path: readonly string[], expected: string): Fault {
  return { code: "invalid_mapping", path: ["mapping", ...path].join("."), expected };
}
