/** Random effects: textbook numbers, lme4 where R is present, and a real month. */

import { execFileSync, spawnSync } from "node:child_process";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  anovaEstimate,
  remlEstimate,
  type ValueSums,
} from "../../../src/domain/spread/random-effects.ts";
import { hasFebruary, regularAgents, servedInFebruary } from "./february.ts";

const sumsOf = (values: readonly number[]): ValueSums => ({
  n: values.length,
  sum: values.reduce((sum, value) => sum + value, 0),
  squares: values.reduce((sum, value) => sum + value * value, 0),
});

const BALANCED = [
  [1, 2, 3],
  [3, 4, 5],
  [5, 6, 7],
];

describe("worked cases", () => {
  it("agents {1,2,3}, {3,4,5}, {5,6,7}: MSB 12, MSW 1, n₀ 3, σ² 11/3, ICC 11/14", () => {
    const found = anovaEstimate(BALANCED.map(sumsOf));
    expect(found?.meanSquareBetween).toBeCloseTo(12, 12);
    expect(found?.meanSquareWithin).toBeCloseTo(1, 12);
    expect(found?.typicalN).toBeCloseTo(3, 12);
    expect(found?.betweenVariance).toBeCloseTo(11 / 3, 12);
    expect(found?.intraclassCorrelation).toBeCloseTo(11 / 14, 12);
  });

  it("balanced and positive: REML is ANOVA", () => {
    const found = remlEstimate(BALANCED.map(sumsOf));
    expect(found?.betweenVariance).toBeCloseTo(11 / 3, 9);
    expect(found?.withinVariance).toBeCloseTo(1, 9);
    expect(found?.mean).toBeCloseTo(4, 12);
  });

  it("agents alike beyond chance: ANOVA is negative and kept, REML stands at 0", () => {
    const alike = [
      [1, 9],
      [2, 8],
      [3, 7],
    ].map(sumsOf);
    // By hand: MSB 0, MSW (32 + 18 + 8) / 3, n₀ 2.
    expect(anovaEstimate(alike)?.betweenVariance).toBeCloseTo(-58 / 6, 12);
    expect(remlEstimate(alike)?.betweenVariance).toBe(0);
  });

  it.each([
    ["nobody", []],
    ["one agent", [sumsOf([1, 2])]],
    ["one contact each", [sumsOf([1]), sumsOf([2]), sumsOf([3])]],
  ])("of %s nothing can be told", (_, agents) => {
    expect(anovaEstimate(agents)).toBeNull();
    expect(remlEstimate(agents)).toBeNull();
  });

  it("of values that are all the same, neither has a share to tell", () => {
    const same = [sumsOf([5, 5]), sumsOf([5, 5])];
    expect(anovaEstimate(same)?.intraclassCorrelation).toBeNull();
    expect(remlEstimate(same)).toBeNull();
  });
});

describe("laws", () => {
  const agents = fc.array(
    fc.array(fc.integer({ min: 0, max: 100 }), { minLength: 1, maxLength: 12 }),
    { minLength: 3, maxLength: 12 },
  );

  it("no value near REML's is more likely", () => {
    fc.assert(
      fc.property(agents, (values) => {
        const found = remlEstimate(values.map(sumsOf));
        fc.pre(found !== null);
        const theta = found.betweenVariance / found.withinVariance;
        const best = restrictedDeviance(values, theta);
        for (const factor of [0, 0.5, 0.99, 1.01, 2]) {
          const other = restrictedDeviance(values, theta === 0 ? factor * 1e-3 : theta * factor);
          expect(other).toBeGreaterThanOrEqual(best - 1e-7);
        }
      }),
    );
  });

  it("another unit multiplies the variances and leaves the ICC", () => {
    fc.assert(
      fc.property(agents, fc.integer({ min: 2, max: 60 }), (values, factor) => {
        const one = anovaEstimate(values.map(sumsOf));
        fc.pre(one !== null && one.intraclassCorrelation !== null);
        const other = anovaEstimate(values.map((own) => sumsOf(own.map((v) => v * factor))));
        const scale = 1e4 * factor ** 2;
        const off = (other?.betweenVariance ?? 0) - one.betweenVariance * factor ** 2;
        expect(Math.abs(off)).toBeLessThan(1e-9 * scale);
      }),
    );
  });
});

/** −2ℓ of the restricted likelihood from the full covariance matrix: the long way, as a check. */
function restrictedDeviance(values: readonly (readonly number[])[], theta: number): number {
  // V_i = I + θJ; V_i⁻¹ = I − θ/(1 + nθ) J; |V_i| = 1 + nθ.
  const n = values.flat().length;
  const inverse = (own: readonly number[], a: readonly number[], b: readonly number[]) => {
    const pull = theta / (1 + own.length * theta);
    const sum = (v: readonly number[]) => v.reduce((total, each) => total + each, 0);
    return (
      a.reduce((total, each, at) => total + each * (b[at] as number), 0) - pull * sum(a) * sum(b)
    );
  };
  const ones = (own: readonly number[]) => own.map(() => 1);
  const total = (of: (own: readonly number[]) => number) =>
    values.reduce((sum, own) => sum + of(own), 0);
  const information = total((own) => inverse(own, ones(own), ones(own)));
  const mean = total((own) => inverse(own, ones(own), own)) / information;
  const quadratic = total((own) => {
    const off = own.map((value) => value - mean);
    return inverse(own, off, off);
  });
  const determinant = total((own) => Math.log(1 + own.length * theta));
  return (n - 1) * Math.log(quadratic / (n - 1)) + determinant + Math.log(information);
}

describe.skipIf(!hasFebruary)("February 1999 of the Anonymous Bank", () => {
  // numpy over the same file (see `between-agents.test.ts`).
  it.each([
    ["1 to 14", 1, 14, 1846.8, 0.04541, 0.04443, 0.0586],
    ["15 to 28", 15, 28, 2019.55, 0.04537, 0.04502, 0.0594],
  ])("%s", (_, from, to, variance, icc, logVariance, logIcc) => {
    const agents = regularAgents(servedInFebruary(), from, to).map(({ days }) => days.flat());
    const found = anovaEstimate(agents.map(sumsOf));
    expect(found?.betweenVariance).toBeCloseTo(variance, 2);
    expect(found?.intraclassCorrelation).toBeCloseTo(icc, 5);
    const logs = anovaEstimate(agents.map((own) => sumsOf(own.map(Math.log))));
    expect(logs?.betweenVariance).toBeCloseTo(logVariance, 5);
    expect(logs?.intraclassCorrelation).toBeCloseTo(logIcc, 4);
  });
});

const hasLme4 = spawnSync("Rscript", ["-e", "library(lme4)"], { stdio: "ignore" }).status === 0;
if (!hasLme4) console.warn("SKIPPED: no R with lme4 (Debian: r-cran-lme4) to compare REML with");

describe.skipIf(!hasLme4 || !hasFebruary)("R's lme4, in the same run", () => {
  it("agrees to 1e-6 on a real month, and says how long either takes", { timeout: 120_000 }, () => {
    const agents = regularAgents(servedInFebruary(), 1, 28).map(({ days }) => days.flat());
    const rows = agents.flatMap((own, agent) => own.map((value) => `${value},${agent}`));
    const program = `
      suppressMessages(library(lme4)); d <- read.csv(file("stdin"), header = FALSE)
      ctl <- lmerControl(optimizer = "nloptwrap", optCtrl = list(xtol_abs = 1e-14, ftol_abs = 1e-14))
      t <- system.time(m <- lmer(V1 ~ 1 + (1 | V2), d, REML = TRUE, control = ctl))[["elapsed"]]
      v <- as.data.frame(VarCorr(m))$vcov
      cat(sprintf("%.15g %.15g %.15g %.6f", v[1], v[2], fixef(m), t))`;
    const printed = execFileSync("Rscript", ["-e", program], { input: rows.join("\n") });
    const [between = 0, within = 0, mean = 0, theirs = 0] = String(printed).split(" ").map(Number);
    const started = performance.now();
    const found = remlEstimate(agents.map(sumsOf));
    const ours = (performance.now() - started) / 1000;
    console.log(`REML on ${rows.length} calls: ours ${ours.toFixed(4)} s, lme4 ${theirs} s`);
    const relative = (value = Number.NaN, of: number) => Math.abs(value / of - 1);
    expect(relative(found?.betweenVariance, between)).toBeLessThan(1e-6);
    expect(relative(found?.withinVariance, within)).toBeLessThan(1e-6);
    expect(relative(found?.mean, mean)).toBeLessThan(1e-6);
  });
});
