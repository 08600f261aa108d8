/** A store whose Sources page has something of everything: rejected rows, two names of one agent, a folder. */

import { mkdirSync, utimesSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { importFile } from "../../src/flows/import/import-file.ts";
import { assessQuality } from "../../src/flows/quality.ts";
import { addFolderSource } from "../../src/flows/sources.ts";
import type { Store } from "../../src/store/connection.ts";

const HEAD = "id,agent,at";
const MAPPING = {
  record: "contact",
  fields: {
    externalId: "id",
    agent: "agent",
    arrivedAt: { column: "at", format: "yyyy-MM-dd HH:mm" },
  },
};

/**
 * Of the source `calls`: two rows have dates of another form; "obrien ana" and "O'Brien, Ana" have the same
 * letters.
 */
export async function takeCalls(store: Store, root: string): Promise<void> {
  const file = join(root, "calls.csv");
  const lines = [
    ...[HEAD, 'a1,"O\'Brien, Ana",2026-03-10 09:00', 'a2,"O\'Brien, Ana",2026-03-11 09:00'],
    ...["a3,obrien ana,2026-03-12 09:00", "a4,Ben,12.03.2026 10:00", "a5,Ben,12.03.2026 11:00"],
  ];
  writeFileSync(file, `${lines.join("\n")}\n`);
  await importFile(store, {
    ...{ file, format: "table", source: "calls", mapping: MAPPING, zone: "UTC" },
    ...{ installationKey: Buffer.alloc(32, 7), owner: "test", now: () => new Date() },
  });
  await assessQuality(store, "calls");
}

/** The source `dropped`, a folder with one file that nobody has pulled yet. */
export async function addFolder(store: Store, root: string): Promise<void> {
  const place = join(root, "dropped");
  mkdirSync(place);
  await addFolderSource(store, {
    name: "dropped",
    ...{ place, format: "table", mapping: MAPPING, zone: "UTC" },
  });
  const path = join(place, "one.csv");
  writeFileSync(path, `${HEAD}\nd1,Cai,2026-03-12 12:00\n`);
  // Files that are still being written are left alone: this one is a minute old.
  const minuteAgo = Date.now() / 1000 - 60;
  utimesSync(path, minuteAgo, minuteAgo);
}
