/** Answers about dropped files. The desk runs their imports in this process, and is given by main. */

import type { Fault } from "../../domain/shared/errors.ts";
import { forbidden } from "../../flows/errors.ts";
import type { ImportDesk, ImportState } from "../../flows/import/import-desk.ts";
import {
  IMPORT_FORMATS,
  MAPPING_RECORDS,
  MAPPING_UNITS,
  ORGANISATION_FORMAT,
} from "../../flows/import/mapping-fields.ts";
import { previewFile } from "../../flows/import/preview.ts";
import { tryMapping } from "../../flows/import/try-mapping.ts";
import {
  keepUpload,
  removeUpload as removeFile,
  type Upload,
  type UploadRoom,
  uploadOf,
} from "../../flows/import/uploads.ts";
import {
  importFields,
  importOf,
  imports,
  importUpload,
  previewUpload,
  removeUpload,
  stopImport,
  takeUpload,
  tryUpload,
} from "../contract/uploads.ts";
import { type Caller, type Mounted, mount } from "../mount.ts";

export interface UploadOptions {
  readonly desk: ImportDesk;
  readonly room: UploadRoom;
}

export function uploadRoutes({ desk, room }: UploadOptions): readonly Mounted[] {
  return [
    mount(takeUpload, async ({ query, file, caller, context }) => {
      const { pieces: bytes, announcedBytes } = file;
      const { userId } = caller;
      const wish = { name: query.name, bytes, announcedBytes, userId, now: context.now() };
      return shapeOfUpload(await keepUpload(context.store, room, wish));
    }),
    mount(removeUpload, async ({ params, context }) => {
      const wish = { id: params.upload ?? "", now: context.now() };
      await removeFile(context.store, room, wish);
      return null;
    }),
    mount(importFields, async ({ caller }) => ({
      mostBytes: room.mostBytes,
      formats: IMPORT_FORMATS.filter((format) => mayImport(caller, format)),
      units: [...MAPPING_UNITS],
      records: MAPPING_RECORDS.map(({ name, fields }) => ({
        name,
        fields: fields.map((field) => ({ ...field, of: [...field.of] })),
      })),
    })),
    mount(previewUpload, async ({ params, query, context }) => {
      const upload = await uploadOf(context.store, room, params.upload ?? "");
      const preview = await previewFile(context.store, upload.path, query);
      return { upload: shapeOfUpload(upload), ...(preview as Writable<typeof preview>) };
    }),
    mount(tryUpload, async ({ params, body, caller, context, signal }) => {
      refuseFormat(caller, body.format);
      const upload = await uploadOf(context.store, room, params.upload ?? "");
      const trial = await tryMapping(context.store, upload.path, { ...body, signal });
      return { ...(trial as Writable<typeof trial>), faults: trial.faults.map(shapeOfFault) };
    }),
    mount(importUpload, async ({ params, body, caller, context }) => {
      refuseFormat(caller, body.format);
      const upload = await uploadOf(context.store, room, params.upload ?? "");
      const { zone, encoding, ...order } = body;
      const started = { ...order, zone: zone ?? undefined, encoding };
      return shapeOfImport(await desk.start(upload, started));
    }),
    mount(imports, async () => ({ rows: (await desk.latest()).map(shapeOfImport) })),
    mount(importOf, async ({ params }) => shapeOfImport(await desk.stateOf(params.import ?? ""))),
    mount(stopImport, async ({ params }) => shapeOfImport(await desk.stop(params.import ?? ""))),
  ];
}

/** Who belongs to which party decides who sees whom. */
function mayImport({ role }: Caller, format: string): boolean {
  return role === "administrator" || format !== ORGANISATION_FORMAT;
}

function refuseFormat(caller: Caller, format: string): void {
  if (mayImport(caller, format)) return;
  throw forbidden("format_not_allowed", "only administrators import the organisation");
}

/** An answer is made anew for each request, so nobody minds that it could be written to. */
type Writable<Shape> = Shape extends readonly (infer Item)[]
  ? Writable<Item>[]
  : Shape extends object
    ? { -readonly [Key in keyof Shape]: Writable<Shape[Key]> }
    : Shape;

function shapeOfUpload({ id, fileName, bytes, uploadedAt }: Omit<Upload, "path">) {
  return { id, name: fileName, bytes, uploadedAt: uploadedAt.toISOString() };
}

function shapeOfFault({ code, path, value, expected, line }: Fault) {
  return {
    code,
    path,
    ...(value === undefined ? {} : { value: String(value).slice(0, 500) }),
    ...(expected === undefined ? {} : { expected }),
    ...(line === undefined ? {} : { line }),
  };
}

function shapeOfImport(state: ImportState) {
  const { progress, waits, fileBytes, error, startedAt, finishedAt, ...row } = state;
  return {
    ...row,
    state: waits ? ("waiting" as const) : row.state,
    startedAt: startedAt.toISOString(),
    finishedAt: finishedAt?.toISOString() ?? null,
    bytesRead: progress?.read ?? null,
    bytes: fileBytes,
    days: progress?.days ?? null,
    error: shapeOfError(error),
  };
}

/** As the ledger keeps it: a code, and the faults of the file or a message. */
function shapeOfError(error: unknown) {
  if (typeof error !== "object" || error === null) return null;
  const { code, message, faults } = error as {
    code?: string;
    message?: string;
    faults?: readonly Fault[];
  };
  return {
    code: code ?? "failed",
    message: message ?? null,
    faults: (faults ?? []).map(shapeOfFault),
  };
}
