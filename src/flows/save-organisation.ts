/** Who is who: takes an organisation document into a site, in one transaction. */

import { readFile } from "node:fs/promises";
import { inputError } from "../domain/shared/errors.ts";
import { parseOrganisation } from "../ingest/organisation.ts";
import type { Store } from "../store/connection.ts";
import { ensureSite } from "../store/import/batches.ts";
import { type OrganisationChanges, saveOrganisation } from "../store/organisation.ts";
import { inTransaction } from "../store/transaction.ts";

export async function takeOrganisation(
  store: Store,
  wish: { readonly file: string; readonly zone: string; readonly site?: string },
): Promise<OrganisationChanges> {
  const text = await readFile(wish.file, "utf8").catch((error: NodeJS.ErrnoException) => {
    const fault = { code: "file_not_found", path: wish.file, expected: "a readable file" };
    throw inputError(fault, { cause: error });
  });
  const organisation = parseOrganisation(text);
  return inTransaction(store.pool, async (client) => {
    const siteId = await ensureSite(client, wish.zone, wish.site);
    return saveOrganisation(client, siteId, organisation);
  });
}
