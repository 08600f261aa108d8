/**
 * A file of the organisation: the JSON document, told by its first sign `{`, or one of its tables.
 */

import type { Organisation } from "../domain/shared/organisation.ts";
import { fileFault } from "./bytes.ts";
import { parseOrganisation } from "./organisation.ts";
import {
  type OrganisationOptions,
  type OrganisationTable,
  readOrganisationTable,
} from "./organisation-table.ts";
import { openTable } from "./table-file.ts";
import { openText } from "./text.ts";

export type OrganisationFile =
  | { readonly is: "table"; readonly table: OrganisationTable; readonly encoding: string }
  | { readonly is: "document"; readonly document: Organisation; readonly encoding: string };

/** A document is held whole. */
const MOST_CHARACTERS = 64 * 1024 * 1024;

/** @throws InputError as `readOrganisationTable` and `parseOrganisation` do. */
export async function readOrganisationFile(
  file: string,
  options: OrganisationOptions,
): Promise<OrganisationFile> {
  const document = options.mapping ? null : await documentText(file, options.encoding);
  if (document !== null) {
    const { text, encoding } = document;
    return { is: "document", document: parseOrganisation(text), encoding };
  }
  const table = await readOrganisationTable(file, options);
  return { is: "table", table, encoding: table.encoding };
}

/** Null for a file that is a table. */
async function documentText(file: string, encoding: string | undefined) {
  const table = await openTable(file, undefined);
  if (table !== null) {
    await table.close();
    return null;
  }
  const opened = await openText(file, { encoding });
  let text = "";
  try {
    for await (const piece of opened.text) {
      text += piece;
      if (!/^\s*(\{|$)/.test(text.slice(0, 1000))) return null;
      if (text.length > MOST_CHARACTERS) {
        const expected = `a document of at most ${MOST_CHARACTERS} characters`;
        throw fileFault("document_too_large", file, expected);
      }
    }
  } finally {
    await opened.close();
  }
  return { text, encoding: opened.encoding };
}
