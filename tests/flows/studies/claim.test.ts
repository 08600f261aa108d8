/** A claim in words: what is told in both languages, and what is no claim. */

import { describe, expect, it } from "vitest";
import { InputError } from "../../../src/domain/shared/errors.ts";
import type { Claim } from "../../../src/domain/spread/claim-audit.ts";
import { auditedClaim } from "../../../src/flows/studies/claim.ts";

const claim: Claim = {
  agents: 60,
  contactsBefore: 200,
  contactsAfter: 200,
  figure: { kind: "share", before: 0.8, after: 0.9 },
  spreadBefore: 0.08,
  spreadAfter: 0.044,
  turnover: 0,
};

describe("the sentence", () => {
  it("names what was claimed, what is left, and what explains it, in both languages", () => {
    const { sentence, audit } = auditedClaim(claim);
    // By hand: √((0.044² − 0.09/200) / (0.08² − 0.16/200)) = 0.515.
    expect(audit.corrected).toBeCloseTo(1 - Math.sqrt(0.001_486 / 0.0056), 12);
    expect(sentence.en).toContain(
      "Claimed: a spread fall of 45 %. Without sampling noise it is 48 %.",
    );
    expect(sentence.zh).toContain("宣称差异缩小 45 %。扣除抽样噪声后为 48 %。");
    expect(sentence.en).toContain("A mean nearer to its end would show 44 %.");
    expect(sentence.zh).toContain("均值接近上下限会显示 44 %。");
    expect(sentence.en).not.toContain("leaving");
  });

  it("of chance alone says that nothing is left, and gives no figure for it", () => {
    const { sentence, audit } = auditedClaim({ ...claim, contactsBefore: 20, spreadBefore: 0.08 });
    expect(audit.corrected).toBeNull();
    expect(sentence.en).toContain("Sampling noise alone gives as much spread as is claimed");
    expect(sentence.en).toContain("from any rise to 100 %");
    expect(sentence.zh).toContain("任意扩大");
    expect(sentence.en).toContain("would have to differ by more than chance");
  });

  it("of a rise calls it one", () => {
    const { sentence } = auditedClaim({ ...claim, spreadAfter: 0.1 });
    expect(sentence.en).toContain("a spread rise of 25 %");
    expect(sentence.zh).toContain("差异扩大 25 %");
  });
});

it("names every number that makes no claim", () => {
  const broken: Claim = {
    agents: 1.5,
    contactsBefore: 1,
    contactsAfter: 20,
    figure: { kind: "share", before: 80, after: 0.9 },
    spreadBefore: 0,
    spreadAfter: Number.NaN,
    turnover: 1,
  };
  const fault = (() => {
    try {
      return auditedClaim(broken);
    } catch (error) {
      return error;
    }
  })();
  expect(fault).toBeInstanceOf(InputError);
  expect((fault as InputError).faults.map(({ path }) => path)).toEqual([
    "agents",
    "contactsBefore",
    "figure.before",
    "spreadBefore",
    "spreadAfter",
    "turnover",
  ]);
});
