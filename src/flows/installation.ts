/**
 * The key of the installation, with which customers become HMACs. It is given by MUSTER_KEY or kept in a
 * file beside the data, never in the database: who has the store alone cannot try customer numbers.
 *
 * The store remembers the key's fingerprint and refuses another key, because customers imported under
 * two keys would not be recognised as the same.
 */

import { createHash, randomBytes } from "node:crypto";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { inputError } from "../domain/shared/errors.ts";
import type { Store } from "../store/connection.ts";
import { rememberFingerprint } from "../store/installation.ts";

const KEY_BYTES = 32;

export interface KeyPlace {
  /** Hexadecimal, 64 digits. */
  readonly key?: string | undefined;
  readonly dataFolder: string;
}

/** The installation's key; made and kept at the first call on an empty store. */
export async function installationKey(store: Store, place: KeyPlace): Promise<Uint8Array> {
  const key = place.key === undefined ? await keyInFile(place.dataFolder) : keyOfText(place.key);
  const fingerprint = createHash("sha256").update("muster key ").update(key).digest("hex");
  const remembered = await rememberFingerprint(store.db, fingerprint.slice(0, 16));
  if (remembered !== fingerprint.slice(0, 16)) {
    throw inputError({
      code: "other_installation_key",
      path: place.key === undefined ? keyFile(place.dataFolder) : "MUSTER_KEY",
      expected: `the key whose fingerprint is ${remembered}: customers in this store were made with it`,
    });
  }
  return key;
}

function keyFile(dataFolder: string): string {
  return join(dataFolder, "installation.key");
}

async function keyInFile(dataFolder: string): Promise<Uint8Array> {
  const file = keyFile(dataFolder);
  const fresh = randomBytes(KEY_BYTES).toString("hex");
  await mkdir(dataFolder, { recursive: true });
  // `wx` makes one of two starting processes lose; both then read the same key.
  await writeFile(file, `${fresh}\n`, { flag: "wx", mode: 0o600 }).catch((error) => {
    if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
  });
  return keyOfText((await readFile(file, "utf8")).trim());
}

function keyOfText(text: string): Uint8Array {
  if (!/^([0-9a-f]{2}){32,}$/i.test(text)) {
    throw inputError({
      code: "invalid_key",
      path: "MUSTER_KEY",
      expected:
        `at least ${KEY_BYTES * 2} hexadecimal digits, ` +
        `as \`openssl rand -hex ${KEY_BYTES}\` prints them`,
    });
  }
  return Buffer.from(text, "hex");
}
