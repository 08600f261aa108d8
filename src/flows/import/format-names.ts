/** What can be imported, by name: the log formats, and the organisation. */

import { FORMATS, ORGANISATION } from "../../ingest/formats.ts";

export const FORMAT_NAMES: readonly string[] = [...FORMATS, ORGANISATION].map(
  (format) => format.name,
);
