/** The log formats there are, by name. */

import { FORMATS } from "../../ingest/formats.ts";

export const FORMAT_NAMES: readonly string[] = FORMATS.map((format) => format.name);
