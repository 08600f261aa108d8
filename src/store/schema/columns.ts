/** Kinds of columns that the tables share. */

import { bigint, char, customType, numeric, timestamp } from "drizzle-orm/pg-core";

/** An instant in UTC. */
export const instant = (name: string) => timestamp(name, { withTimezone: true });

/** A count or a sum of whole numbers, far below 2^53. */
export const count = (name: string) => bigint(name, { mode: "number" });

/** A price as a decimal text: up to 10 places. */
export const price = (name: string) => numeric(name, { precision: 20, scale: 10 });

/** ISO 4217. */
export const currencyCode = (name: string) => char(name, { length: 3 });

/** Bytes, such as a digest. */
export const bytea = customType<{ data: Buffer }>({ dataType: () => "bytea" });
