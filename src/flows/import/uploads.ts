/**
 * Files dropped in a browser: kept in the data folder, each in a folder of its id under its own name, so
 * that whatever is said about it names it; looked up, removed, and removed when they are old.
 */

import { createWriteStream } from "node:fs";
import { mkdir, readdir, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import { pipeline } from "node:stream/promises";
import { v7 } from "uuid";
import { inputError } from "../../domain/shared/errors.ts";
import type { Store } from "../../store/connection.ts";
import {
  findUpload,
  isUploadImported,
  markUploadRemoved,
  oldUploads,
  saveUpload,
  type UploadRow,
} from "../../store/import/uploads.ts";
import { conflict, FlowError, notFound } from "../errors.ts";

const UUID = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/;

/** Where uploads are kept, and how large one may be. */
export interface UploadRoom {
  readonly folder: string;
  readonly mostBytes: number;
}

export interface Upload extends UploadRow {
  readonly path: string;
}

export interface UploadWish {
  readonly name: string;
  readonly bytes: AsyncIterable<Uint8Array>;
  /** As the sender says; null where it does not. */
  readonly announcedBytes: number | null;
  readonly userId: string;
  readonly now: Date;
}

/**
 * Keeps a file as it comes in, a piece at a time. One that ends early, is too large or fills the disk
 * leaves nothing behind.
 *
 * @throws FlowError `upload_too_large`, `disk_full`; InputError `empty_file`; what the bytes throw.
 */
export async function keepUpload(
  store: Store,
  room: UploadRoom,
  wish: UploadWish,
): Promise<Upload> {
  const { name, bytes, announcedBytes, userId, now } = wish;
  if (announcedBytes !== null && announcedBytes > room.mostBytes) throw tooLarge(room);
  const id = v7();
  const fileName = safeName(name);
  const folder = join(room.folder, id);
  const path = join(folder, fileName);
  try {
    await mkdir(folder, { recursive: true });
    await pipeline(limited(bytes, room), createWriteStream(path, { flags: "wx", mode: 0o600 }));
    const { size } = await stat(path);
    if (size === 0) {
      const expected = "a file with rows in it";
      throw inputError({ code: "empty_file", path: "body", value: fileName, expected });
    }
    const row = { id, fileName, bytes: size, uploadedAt: now };
    await saveUpload(store.db, { ...row, uploadedBy: userId });
    return { ...row, path };
  } catch (error) {
    await rm(folder, { recursive: true, force: true });
    throw asFull(error);
  }
}

async function* limited(
  bytes: AsyncIterable<Uint8Array>,
  room: UploadRoom,
): AsyncGenerator<Uint8Array> {
  let total = 0;
  for await (const piece of bytes) {
    total += piece.length;
    if (total > room.mostBytes) throw tooLarge(room);
    yield piece;
  }
}

function tooLarge({ mostBytes }: UploadRoom): FlowError {
  return new FlowError("too_large", "upload_too_large", `a file of at most ${mostBytes} bytes`);
}

function asFull(error: unknown): unknown {
  if ((error as NodeJS.ErrnoException).code !== "ENOSPC") return error;
  const message = "free space in the data folder; nothing of the file was kept";
  return new FlowError("no_space", "disk_full", message);
}

const LONGEST_NAME_BYTES = 200;

/** The name without what a file system would take for a path, and not longer than one allows. */
export function safeName(name: string): string {
  const plain = name.replaceAll(/[\\/:*?"<>|\p{Cc}]/gu, "_").replace(/^\.+/, "_");
  const ending = /\.[^.]{1,10}$/.exec(plain)?.[0] ?? "";
  let stem = plain.slice(0, plain.length - ending.length).trim() || "file";
  while (Buffer.byteLength(stem) > LONGEST_NAME_BYTES) stem = [...stem].slice(0, -1).join("");
  return `${stem}${ending.trimEnd()}`;
}

/** @throws FlowError `unknown_upload`, also where its file has gone. */
export async function uploadOf(store: Store, room: UploadRoom, id: string): Promise<Upload> {
  const row = UUID.test(id) ? await findUpload(store.db, id) : null;
  const path = join(room.folder, id, row?.fileName ?? "");
  const isThere = row !== null && (await stat(path).catch(() => null))?.isFile() === true;
  if (row === null || !isThere) {
    throw notFound("unknown_upload", "there is no such upload, or it has been removed");
  }
  return { ...row, path };
}

/** @throws FlowError `unknown_upload`, `upload_in_use`. */
export async function removeUpload(
  store: Store,
  room: UploadRoom,
  wish: { readonly id: string; readonly now: Date },
): Promise<void> {
  const { id } = await uploadOf(store, room, wish.id);
  if (await isUploadImported(store.db, id)) {
    throw conflict("upload_in_use", "it is being imported; stop the import first");
  }
  await markUploadRemoved(store.db, id, wish.now);
  await rm(join(room.folder, id), { recursive: true, force: true });
}

/** Removes uploads from before an instant, and folders that no upload knows. Says how many uploads. */
export async function removeOldUploads(
  store: Store,
  room: UploadRoom,
  { before, now }: { readonly before: Date; readonly now: Date },
): Promise<number> {
  const old = await oldUploads(store.db, before);
  for (const id of old) {
    await markUploadRemoved(store.db, id, now);
    await rm(join(room.folder, id), { recursive: true, force: true });
  }
  // What a crash left half-written is in no table.
  for (const name of await readdir(room.folder).catch(() => [])) {
    const folder = join(room.folder, name);
    const found = await stat(folder).catch(() => null);
    if (found === null || found.mtime > before) continue;
    if (UUID.test(name) && (await findUpload(store.db, name)) === null) {
      await rm(folder, { recursive: true, force: true });
    }
  }
  return old.length;
}
