/** What a mapping can fill, as the importers themselves know it: kinds of records, fields, units. */

import { FORMATS, ORGANISATION } from "../../ingest/formats.ts";
import { fieldsOf, TABLE_RECORDS } from "../../ingest/table-fields.ts";
import { UNITS } from "../../ingest/table-mapping.ts";

export interface MappingField {
  readonly name: string;
  readonly is: ReturnType<typeof fieldsOf>[string]["kind"]["is"];
  /** The words of a choice. */
  readonly of: readonly string[];
  readonly required: boolean;
  /** It stands beside the fields of a mapping, under a key of its own. */
  readonly beside: boolean;
}

/** A contact's row may hold a survey's score and a flag that is a result. */
const BESIDE_CONTACT: readonly MappingField[] = [
  { name: "survey", is: "score", of: [], required: false, beside: true },
  { name: "resolvedOutcome", is: "flag", of: [], required: false, beside: true },
];

export const MAPPING_UNITS: readonly string[] = UNITS;

export const IMPORT_FORMATS: readonly string[] = [...FORMATS, ORGANISATION].map(({ name }) => name);

export const ORGANISATION_FORMAT = ORGANISATION.name;

export const MAPPING_RECORDS: readonly {
  readonly name: string;
  readonly fields: readonly MappingField[];
}[] = TABLE_RECORDS.map((name) => ({
  name,
  fields: [
    ...Object.entries(fieldsOf(name)).map(([field, { kind, required }]) => ({
      name: field,
      is: kind.is,
      of: kind.is === "choice" ? kind.of : [],
      required,
      beside: false,
    })),
    ...(name === "contact" ? BESIDE_CONTACT : []),
  ],
}));
