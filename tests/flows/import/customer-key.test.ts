/** The keys of customers, beside Node's own HMAC: a store keeps them, so they may never change. */

import { createHmac } from "node:crypto";
import fc from "fast-check";
import { expect, it } from "vitest";
import { customerKeys } from "../../../src/flows/import/customer-key.ts";

it("are the first 64 bits of HMAC-SHA-256 of the id in UTF-8", () => {
  const key = fc.uint8Array({ minLength: 1, maxLength: 100 });
  const id = fc.oneof(
    fc.string({ unit: "binary" }),
    fc.string({ minLength: 300, maxLength: 2000 }),
  );
  fc.assert(
    fc.property(key, fc.array(id, { minLength: 1 }), (installationKey, ids) => {
      const keyOf = customerKeys(installationKey);
      for (const one of ids) {
        const digest = createHmac("sha256", installationKey).update(one, "utf8").digest();
        expect(keyOf(one)).toBe(digest.readBigInt64BE(0));
      }
    }),
  );
});
