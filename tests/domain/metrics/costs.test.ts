/** Unit costs: amounts worked by hand, exactness, and every reason why there is none. */

import { describe, expect, it } from "vitest";
import { costNumber, costsOf } from "../../../src/domain/metrics/costs.ts";
import { moneyText } from "../../../src/domain/shared/money.ts";
import { groupOf } from "./group.ts";

const RATE = { perHour: "30", paidSeconds: 28_800, handled: 100, actionsVerified: 10 };
const KNOWN = { 7: { customerKnown: 50, repeated: 10 } };

describe("costsOf", () => {
  it("adds the rates and divides once, rounded half away from zero", () => {
    const costs = costsOf(
      groupOf({
        repeats: KNOWN,
        rates: [
          { ...RATE, perContact: "0.50", perAction: "2.5" },
          // An AI agent: no hours, 0.3333333333 a contact.
          { perContact: "0.3333333333", handled: 300, actionsVerified: 4 },
        ],
      }),
    );
    // 240 + 50 + 25 + 99.99999999 = 414.99999999; / 400 = 1.0375; / (400 × 0.8) = 1.296875; / 14 = 29.642857
    expect(text(costs.total)).toBe("415.00");
    expect(text(costs.perContact)).toBe("1.04");
    expect(text(costs.perResolution)).toBe("1.30");
    expect(text(costs.perAction)).toBe("29.64");
    expect(costs.currency).toBe("CNY");
    expect(costNumber(costs.perAction)).toBe(29.64);
  });

  it("rounds a half away from zero, in the currency's own minor unit", () => {
    // 1 / 8 = 0.125
    const euro = groupOf({ rates: [{ currency: "EUR", perContact: "0.125", handled: 3 }] });
    expect(text(costsOf(euro).perContact)).toBe("0.13");
    const yen = groupOf({ rates: [{ currency: "JPY", perContact: "12.5", handled: 3 }] });
    expect(text(costsOf(yen).perContact)).toBe("13");
  });

  it.each([
    ["no_rates", groupOf({ repeats: KNOWN })],
    ["no_rates", groupOf({ repeats: KNOWN, rates: [] })],
    [
      "several_currencies",
      groupOf({ repeats: KNOWN, rates: [RATE, { ...RATE, currency: "EUR" }] }),
    ],
    ["paid_time_unknown", groupOf({ repeats: KNOWN, rates: [RATE, { ...RATE, paidSeconds: 0 }] })],
  ])("%s", (reason, group) => {
    const costs = costsOf(group);
    for (const cost of [costs.perContact, costs.perResolution, costs.perAction]) {
      expect(cost).toEqual({ amount: null, reason });
    }
  });

  it("gives a reason for each cost of its own", () => {
    const unresolved = costsOf(groupOf({ rates: [{ ...RATE, actionsVerified: 0 }] }));
    expect(unresolved.perContact.reason).toBeNull();
    expect(unresolved.perResolution.reason).toBe("resolution_unknown");
    expect(unresolved.perAction.reason).toBe("nothing_to_divide_by");
    const repeats = { 7: { customerKnown: 5, repeated: 5 } };
    const all = costsOf(groupOf({ repeats, rates: [RATE] }));
    expect(all.perResolution.reason).toBe("nothing_to_divide_by");
  });

  it("a contact that costs nothing costs 0, not null", () => {
    const free = costsOf(groupOf({ rates: [{ handled: 3 }] }));
    expect(text(free.perContact)).toBe("0.00");
  });
});

function text(cost: ReturnType<typeof costsOf>["total"]): string | null {
  return cost.amount && moneyText(cost.amount);
}
