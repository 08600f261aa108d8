/**
 * The mapping of a table of the organisation, in the words of the `table` format's: which column, in which
 * form, is which field of a party, an agent, a cost rate. Without one the header itself says so.
 *
 * @example
 * { "record": "agent", "delimiter": ";",
 *   "fields": {
 *     "agent": "Name", "party": { "constant": "North" }, "team": "Team",
 *     "fromDay": { "column": "Seit", "format": "dd.MM.yyyy" } } }
 */

import * as z from "zod";
import { type Fault, InputError } from "../domain/shared/errors.ts";
import { membersOf, ORGANISATION_RECORDS, type OrganisationRecord } from "./organisation-fields.ts";
import { fieldRule, ruleFaults } from "./table-mapping.ts";

const mappingShape = z.strictObject({
  record: z.enum(ORGANISATION_RECORDS as readonly [OrganisationRecord, ...OrganisationRecord[]]),
  delimiter: z.string().length(1).optional(),
  sheet: z.string().min(1).optional(),
  zone: z.string().optional(),
  decimal: z.enum([".", ","]).default("."),
  fields: z.record(z.string(), fieldRule),
});

export type OrganisationMapping = z.infer<typeof mappingShape>;

/** @throws InputError `invalid_mapping`, with every fault there is. */
export function organisationMapping(given: unknown): OrganisationMapping {
  const result = mappingShape.safeParse(given);
  if (!result.success) {
    throw new InputError(
      result.error.issues.map(({ path, message }) => fault(path.map(String), message)),
    );
  }
  const { record, fields } = result.data;
  const known = membersOf(record);
  const faults: Fault[] = [];
  for (const [name, rule] of Object.entries(fields)) {
    const member = known[name];
    if (member === undefined) {
      const names = Object.keys(known).join(", ");
      faults.push(fault(["fields", name], `a field of ${record}: ${names}`));
    } else {
      const kind = member.kind.is === "day" ? "instant" : member.kind.is;
      faults.push(...ruleFaults(["fields", name], rule, kind));
    }
  }
  for (const [name, { required }] of Object.entries(known)) {
    if (required && fields[name] === undefined) {
      faults.push(fault(["fields", name], `a column: ${record} needs it`));
    }
  }
  if (faults.length > 0) throw new InputError(faults);
  return result.data;
}

function fault(path: readonly string[], expected: string): Fault {
  return { code: "invalid_mapping", path: ["mapping", ...path].join("."), expected };
}
