/** Payments in the store: exact, replaced when they come back, and without the customer's id. */

import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { drizzle } from "drizzle-orm/node-postgres";
import { expect, it } from "vitest";
import { importFile } from "../../../src/flows/import/import-file.ts";
import { orphanIds } from "../../../src/store/schema/integrity.ts";
import { testDatabase } from "../../support/database.ts";
import { temporaryFolder } from "../../support/temporary-folder.ts";

const store = await testDatabase();

const MAPPING = {
  record: "payment",
  zone: "Asia/Shanghai",
  fields: {
    externalId: "id",
    contact: "call",
    contactSource: { constant: "phones" },
    customer: "customer",
    paidAt: "paid",
    amount: "amount",
    currency: "currency",
    returnedAt: "returned",
  },
};

async function take(folder: string, rows: readonly string[]) {
  const file = join(folder, "books.csv");
  writeFileSync(file, ["id,call,customer,paid,amount,currency,returned", ...rows].join("\n"));
  return importFile(store, {
    ...{ file, format: "table", source: "books", mapping: MAPPING, zone: MAPPING.zone },
    ...{ installationKey: Buffer.alloc(32, 7), owner: "test", now: () => new Date() },
  });
}

it("are exact, and a return replaces the payment", async () => {
  const folder = temporaryFolder();
  const most = "92233720368547758.07";
  const rows = [
    `p1,c1,4711,2024-03-05 23:30,${most},CNY,`,
    "p2,,4711,2024-03-05 23:30,0.01,EUR,",
    "p3,,4711,2024-03-05 23:30,0.001,EUR,",
  ];
  expect(await take(folder, rows)).toMatchObject({ rows: 3, accepted: 2, rejected: 1 });
  expect(await take(folder, rows)).toMatchObject({ duplicates: 2, rejected: 1 });
  const returned = ["p2,,4711,2024-03-05 23:30,0.01,EUR,2024-03-07 08:00"];
  expect(await take(folder, returned)).toMatchObject({ replaced: 1, accepted: 0 });
  const { rows: stored } = await store.pool.query(
    `select external_id as id, amount_minor::text as minor, currency, local_day::text as day,
       extract(epoch from returned_at)::int8 as returned, contact_external_id as contact,
       (select name from source where id = contact_source_id) as phones,
       customer_key is not null and customer_key <> 4711 as "isKeyed", line
     from payment order by 1`,
  );
  const common = { day: "2024-03-05", isKeyed: true };
  expect(stored).toEqual([
    {
      ...{ id: "p1", minor: "9223372036854775807", currency: "CNY", returned: null, line: 2 },
      ...{ contact: "c1", phones: "phones", ...common },
    },
    {
      ...{ id: "p2", minor: "1", currency: "EUR", line: 2, contact: null, phones: null, ...common },
      returned: Date.UTC(2024, 2, 7) / 1000,
    },
  ]);
  expect(await orphanIds(drizzle(store.pool))).toEqual([]);
  await store.pool.query("update payment set agent_id = 4711 where external_id = 'p1'");
  expect(await orphanIds(drizzle(store.pool))).toEqual([
    { table: "payment", column: "agent_id", rows: 1 },
  ]);
});
