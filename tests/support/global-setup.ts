/**
 * One PostgreSQL for a whole run of the tests: an embedded one with its data in a temporary folder,
 * or the one that MUSTER_TEST_DATABASE_URL names. Every test file gets a copy of its template.
 */

import { randomBytes } from "node:crypto";
import { chmodSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { TestProject } from "vitest/node";
import { openStore, type Store } from "../../src/store/connection.ts";
import { UNSAFE_AND_QUICK } from "../../src/store/embedded/settings.ts";
import { migrate } from "../../src/store/migrate.ts";
import { databaseUrl } from "./database-url.ts";

declare module "vitest" {
  interface ProvidedContext {
    /** A connection that may create databases. */
    adminUrl: string;
    /** Every database of this run begins with this; the template is called just this. */
    databasePrefix: string;
  }
}

export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const given = process.env.MUSTER_TEST_DATABASE_URL || undefined;
  const folder = given === undefined ? mkdtempSync(join(tmpdir(), "muster-tests-")) : undefined;
  if (folder !== undefined) chmodSync(folder, 0o755);
  const admin = await openStore({
    databaseUrl: given,
    dataFolder: folder,
    maxConnections: 1,
    settings: UNSAFE_AND_QUICK,
  });
  const prefix = `muster_test_${randomBytes(4).toString("hex")}`;
  await admin.pool.query(`create database ${prefix} template template0 encoding 'UTF8'`);
  const template = await openStore({ databaseUrl: databaseUrl(admin.url, prefix) });
  await migrate(template.pool);
  await template.close();
  project.provide("adminUrl", admin.url);
  project.provide("databasePrefix", prefix);
  return async () => {
    await dropAll(admin, prefix);
    await admin.close();
    if (folder !== undefined) rmSync(folder, { recursive: true, force: true });
  };
}

/** Files drop their own; what a crashed one left goes here. */
async function dropAll(admin: Store, prefix: string): Promise<void> {
  const { rows } = await admin.pool.query<{ datname: string }>(
    "select datname from pg_database where starts_with(datname, $1)",
    [prefix],
  );
  for (const { datname } of rows) {
    await admin.pool.query(`drop database if exists ${datname} with (force)`);
  }
}
