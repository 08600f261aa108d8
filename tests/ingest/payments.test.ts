/** Payments of the bank's books by a mapping: exact money, returns, and what is no payment. */

import { expect, it } from "vitest";
import { table } from "../../src/ingest/table.ts";
import { brief, faultOf, parseText } from "./reading.ts";
import { columnsByField, suggested } from "./suggest/suggesting.ts";

const MAPPING = {
  record: "payment",
  fields: {
    externalId: "id",
    contact: "call",
    contactSource: "phones",
    agent: "agent",
    queue: "queue",
    customer: "customer",
    paidAt: { column: "paid", format: "yyyy-MM-dd HH:mm" },
    amount: "amount",
    currency: "currency",
    returnedAt: { column: "returned", format: "yyyy-MM-dd HH:mm" },
    reference: "for",
  },
};
const HEADER = "id,call,phones,agent,queue,customer,paid,amount,currency,returned,for";

const parse = (...rows: readonly string[]) =>
  parseText(table, [HEADER, ...rows].join("\n"), { mapping: MAPPING, zone: "Asia/Shanghai" });

it("are taken with exact money, their local day and when they came back", async () => {
  const { records, rejects } = await parse(
    "p1,c7,acd,Ann,cards,4711,2024-03-05 00:30,37050.07,CNY,2024-03-08 09:00,instalment 3",
    "p2,,,,,4711,2024-03-05 12:00,1200,JPY,,",
    "p3,,,,,4711,2024-03-05 12:00,1.234,KWD,,",
  );
  expect(rejects).toEqual([]);
  expect(records[0]).toEqual({
    kind: "payment",
    externalId: "p1",
    contact: { source: "acd", externalId: "c7" },
    agent: "Ann",
    queue: "cards",
    customer: "4711",
    // Half past midnight in Shanghai is the evening before in UTC.
    paidAt: Date.UTC(2024, 2, 4, 16, 30),
    localDay: "2024-03-05",
    amountMinor: 3_705_007n,
    currency: "CNY",
    returnedAt: Date.UTC(2024, 2, 8, 1),
    reference: "instalment 3",
  });
  // ISO 4217: the yen has no decimals, the Kuwaiti dinar three.
  expect(records.slice(1)).toMatchObject([
    { amountMinor: 1200n, contact: null, returnedAt: null, reference: null },
    { amountMinor: 1234n },
  ]);
});

it("have the decimals of ISO 4217, the same in which they are written again", async () => {
  // ISO 4217, list one: digits 2, 3 and 0. CLDR, which the Intl objects follow, has 0 for each of the
  // first five, because their coins are out of use; in the books they are not.
  const digits = { COP: 2, HUF: 2, IQD: 3, IDR: 2, PKR: 2, TND: 3, KRW: 0, UGX: 0 };
  const rows = Object.entries(digits).map(([currency, places], at) => {
    const decimals = places === 0 ? "" : `.${"1".repeat(places)}`;
    return { currency, places, line: `p${at},,,,,1,2024-03-05 12:00,7${decimals},${currency},,` };
  });
  const { records, rejects } = await parse(...rows.map(({ line }) => line));
  expect(rejects).toEqual([]);
  expect(records).toMatchObject(
    rows.map(({ currency, places }) => ({
      ...{ currency, amountMinor: BigInt(`7${"1".repeat(places)}`) },
    })),
  );
});

it("that cannot be are rejects, each with its field", async () => {
  const paid = "2024-03-05 12:00";
  const { rejects } = await parse(
    `p1,,,,,1,${paid},5.005,CNY,,`,
    `p2,,,,,1,${paid},-5,CNY,,`,
    `p3,,,,,1,${paid},5,yuan,,`,
    `p4,,,,,1,${paid},,CNY,,`,
    `p5,,,,,1,${paid},5,CNY,2024-03-05 11:59,`,
    `p6,,,,,1,${paid},99999999999999999999,CNY,,`,
    `p7,,,,,1,,5,CNY,,`,
    `p8,,,,,1,${paid},5,,,`,
  );
  expect(rejects.map(brief)).toEqual([
    [2, "invalid_number", "amount", "5.005"],
    [3, "invalid_number", "amount", "-5"],
    [4, "invalid_currency", "currency", "yuan"],
    [5, "missing_field", "amount", ""],
    [6, "negative_duration", "returnedAt", "2024-03-05T03:59:00.000Z"],
    [7, "invalid_number", "amount", "99999999999999999999"],
    [8, "missing_field", "paidAt", ""],
    [9, "missing_field", "currency", ""],
  ]);
});

it("want an id, a time, an amount and its currency of their mapping", async () => {
  const { faults } = await faultOf(
    parseText(table, HEADER, { mapping: { record: "payment", fields: { amount: "amount" } } }),
  );
  expect(faults.map(({ path }) => path)).toEqual([
    "mapping.fields.externalId",
    "mapping.fields.paidAt",
    "mapping.fields.currency",
  ]);
});

it.each([
  [
    "payment_id,customer_id,paid_at,amount,currency,returned_at,reference",
    "p1,4711,2024-01-02 10:00:00,12.50,EUR,2024-01-09 10:00:00,R-77",
    {
      ...{ externalId: "payment_id", customer: "customer_id", paidAt: "paid_at" },
      ...{ amount: "amount", returnedAt: "returned_at", reference: "reference" },
    },
  ],
  [
    "还款流水号,客户编号,还款时间,还款金额,币种",
    "p1,4711,2024-01-02 10:00:00,12.50,CNY",
    { externalId: "还款流水号", customer: "客户编号", paidAt: "还款时间", amount: "还款金额" },
  ],
])("are suggested for %s", (header, row, columns) => {
  const suggestion = suggested([header, row]);
  expect(suggestion.mapping.record).toBe("payment");
  expect(columnsByField(suggestion)).toMatchObject(columns);
});
