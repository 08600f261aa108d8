/** Files dropped in a browser: brought, looked at, tried by a mapping, imported while somebody watches. */

import { z } from "zod";
import { instant, route, uuid } from "./route.ts";

const OPERATORS = ["administrator", "manager", "planner"] as const;

/** The organisation says who may see whose figures: it is for administrators alone. */
const FORMATS = [
  ...(["anonymous-bank", "asterisk-queue-log", "event-log", "table"] as const),
  "organisation",
] as const;

const count = z.number().int();

const upload = z.object({ id: uuid, name: z.string(), bytes: count, uploadedAt: instant });

const fault = z.object({
  code: z.string(),
  path: z.string().describe("of the mapping: mapping.fields.arrivedAt.format"),
  value: z.string().optional(),
  expected: z.string().optional(),
  line: count.optional(),
});

export const takeUpload = route({
  method: "post",
  audited: true,
  path: "/uploads",
  summary: "Brings a file; 413 where it is too large, 507 where the disk is full",
  roles: OPERATORS,
  query: z.object({ name: z.string().min(1).max(1000).describe("the file's own name") }),
  bytes: true,
  response: upload,
  status: 201,
});

export const removeUpload = route({
  method: "delete",
  audited: true,
  path: "/uploads/{upload}",
  summary: "Removes a file that was brought; 409 while it is imported",
  roles: OPERATORS,
  response: z.null(),
  status: 204,
});

const fieldKind = z.enum([
  ...(["text", "instant", "seconds", "integer", "flag", "score", "amount"] as const),
  "choice",
]);

export const importFields = route({
  method: "get",
  path: "/import-fields",
  summary:
    "What a mapping can fill: kinds of records, their fields, units; how large a file may be",
  roles: OPERATORS,
  response: z.object({
    mostBytes: count,
    formats: z.array(z.string()),
    units: z.array(z.string()),
    records: z.array(
      z.object({
        name: z.string(),
        fields: z.array(
          z.object({
            name: z.string(),
            is: fieldKind,
            of: z.array(z.string()).describe("the words of a choice"),
            required: z.boolean(),
            beside: z.boolean().describe("stands beside the fields: survey, resolvedOutcome"),
          }),
        ),
      }),
    ),
  }),
});

const mapping = z.record(z.string(), z.unknown());

const note = z.object({
  code: z.string(),
  parameters: z.record(z.string(), z.union([z.string(), z.number()])),
});

export const previewUpload = route({
  method: "get",
  path: "/uploads/{upload}/preview",
  summary: "What the file seems to be, its first rows, and a mapping suggested for it",
  roles: OPERATORS,
  query: z.object({
    sheet: z.string().min(1).optional().describe("of a workbook"),
    delimiter: z.string().length(1).optional(),
    encoding: z.string().min(1).max(40).optional(),
  }),
  response: z.object({
    upload,
    format: z.string(),
    zone: z.string().nullable().describe("the zone such files are always in"),
    container: z.enum(["delimited", "json_lines", "xlsx", "parquet", "arrow", "lines"]),
    encoding: z.string().nullable(),
    compressed: z.boolean(),
    delimiter: z.string().nullable(),
    sheets: z.array(z.string()),
    sheet: z.string().nullable(),
    columns: z.array(
      z.object({
        name: z.string(),
        values: z.array(z.object({ text: z.string(), count })).describe("the most frequent first"),
        formats: z.array(z.string()).describe("how its texts are times"),
        isDayFraction: z.boolean(),
      }),
    ),
    rows: z.array(z.array(z.string())),
    mapping: mapping.nullable(),
    fields: z
      .array(
        z.object({
          field: z.string(),
          column: z.string(),
          reason: z.string(),
          warnings: z.array(note).describe("what to check of it"),
        }),
      )
      .describe("why each column became its field"),
    notes: z.array(note).describe("what is doubtful about all of it"),
    lookedFor: z.array(z.object({ record: z.string(), missing: z.array(z.string()) })),
    sources: z.array(
      z.object({
        name: z.string(),
        format: z.string(),
        zone: z.string(),
        mapping: mapping.nullable(),
      }),
    ),
  }),
});

const reading = {
  format: z.enum(FORMATS),
  mapping: mapping.nullable().default(null),
  zone: z.string().min(1).max(100).nullable().default(null),
  encoding: z.string().min(1).max(40).optional(),
};

export const tryUpload = route({
  method: "post",
  path: "/uploads/{upload}/trial",
  summary:
    "Reads the first rows by a mapping and writes nothing: what would be taken, what not and why",
  roles: OPERATORS,
  body: z.object(reading),
  response: z.object({
    rows: count,
    taken: count,
    rejected: count,
    isWhole: z.boolean().describe("these were all rows of the file"),
    first: z.array(
      z.object({
        line: count,
        kind: z.string(),
        values: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])),
      }),
    ),
    reasons: z.array(
      z.object({
        code: z.string(),
        field: z.string(),
        count,
        rows: z.array(
          z.object({ line: count, value: z.string(), expected: z.string(), raw: z.string() }),
        ),
      }),
    ),
    faults: z.array(fault).describe("why it cannot be read so at all, or no further"),
  }),
});

const importState = z.object({
  id: uuid,
  upload: uuid.nullable(),
  source: z.string(),
  file: z.string(),
  state: z.enum(["waiting", "running", "done", "failed", "interrupted"]),
  startedAt: instant,
  finishedAt: instant.nullable(),
  bytesRead: count.nullable().describe("null where another process runs it"),
  bytes: count.nullable(),
  rows: count,
  accepted: count,
  duplicates: count,
  replaced: count,
  rejected: count,
  days: z.object({ first: z.string(), last: z.string() }).nullable().describe("of its contacts"),
  error: z
    .object({ code: z.string(), message: z.string().nullable(), faults: z.array(fault) })
    .nullable(),
});

export const importUpload = route({
  method: "post",
  audited: true,
  path: "/uploads/{upload}/import",
  summary: "Imports the file; it goes on when nobody watches, and waits for others of its source",
  roles: OPERATORS,
  body: z.object({ ...reading, source: z.string().trim().min(1).max(100) }),
  response: importState,
  status: 202,
  idempotent: true,
});

export const imports = route({
  method: "get",
  path: "/imports",
  summary: "The latest imports of dropped files",
  roles: OPERATORS,
  response: z.object({ rows: z.array(importState) }),
});

export const importOf = route({
  method: "get",
  path: "/imports/{import}",
  summary: "How far an import is, and how it ended",
  roles: OPERATORS,
  response: importState,
});

export const stopImport = route({
  method: "post",
  audited: true,
  path: "/imports/{import}/stop",
  summary: "Stops an import after the rows it has begun to take; what was taken stays",
  roles: OPERATORS,
  response: importState,
  status: 202,
});
