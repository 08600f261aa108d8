/** `muster claim-audit`: needs no store, and says what is wrong with what was typed. */

import { expect, it, vi } from "vitest";
import { runCommand } from "../../src/cli/program.ts";
import { runMuster } from "../support/muster-process.ts";

const CLAIM = ["--agents", "31", "--contacts", "20,100", "--spread", "0.09434,0.05"];
const audit = (...more: string[]) => runMuster(null, ["claim-audit", ...CLAIM, ...more]);

it("prints what a claim can mean, as a table with both sentences and as JSON", async () => {
  const [table, json] = await Promise.all([
    audit("--share", "0.8,0.8"),
    audit("--share", "0.8,0.8", "--json"),
  ]);
  expect(table.exit).toBe(0);
  expect(table.out).toMatch(/^claimed +47\.0 %$/m);
  expect(table.out).toMatch(/^by more contacts alone +47\.0 %$/m);
  expect(table.out).toContain("Claimed: a spread fall of 47 %.");
  expect(table.out).toContain("宣称差异缩小 47 %。");
  const found = json.json<{ audit: { claimed: number; compatible: { low: number | null } } }>();
  expect(found.audit.claimed).toBeCloseTo(0.47, 4);
  // JSON has no infinity: null is no bound.
  expect(found.audit.compatible.low).toBeNull();
}, 30_000);

it.each([
  [["--share", "80,90"], "figure.before"],
  [["--share", "0.8"], "--share"],
  [["--share", "0.8,high"], "--share"],
  [[], "--share"],
  [["--share", "0.8,0.8", "--value-sd", "1,1"], "--share"],
  [["--share", "0.8,0.8", "--agents", "many"], "--agents"],
])("%j ends with 2 and names %s", async (more, named) => {
  let [out, err] = ["", ""];
  vi.spyOn(process.stdout, "write").mockImplementation((text) => {
    out += text;
    return true;
  });
  vi.spyOn(process.stderr, "write").mockImplementation((text) => {
    err += text;
    return true;
  });
  const exit = await runCommand(["claim-audit", ...CLAIM, ...more], {});
  vi.restoreAllMocks();
  expect(exit).toBe(2);
  expect(err).toContain("invalid_claim");
  expect(err).toContain(named);
  expect(out).toBe("");
});
