/**
 * Runs the examples of the domain: what stands under `@example` in the comment at a file's head is
 * code, and what stands behind `// =>` (or a plain `//`), on its line or on the next, is the value it
 * must have.
 *
 * An example sees what its file exports and nothing else. A number with decimals is compared to as many
 * decimals as are written, at any depth of the value; all else must be equal.
 */

import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { compileFunction } from "node:vm";
import { describe, expect, it } from "vitest";

const DOMAIN = join(import.meta.dirname, "../src/domain");

/** Files with functions and no example: errors, which only throw, and the inside of the matching. */
const WITHOUT_EXAMPLE = new Set([
  "shared/errors.ts",
  "dispatch/assign.ts",
  "dispatch/augmenting.ts",
  "dispatch/certificate.ts",
  "dispatch/network.ts",
]);
/** `7: because of this` is the value 7 and a remark. */
const REMARK = /^(-?[\d.]+n?|"[^"]*"|true|false|null): .+$/;

interface Check {
  readonly setup: string;
  readonly expression: string;
  readonly expected: string;
}

const files = readdirSync(DOMAIN, { recursive: true, encoding: "utf8" })
  .filter((name) => name.endsWith(".ts"))
  .sort()
  .map((name) => ({ name, source: readFileSync(join(DOMAIN, name), "utf8") }))
  .map(({ name, source }) => ({ name, source, checks: checksOf(source) }));

describe("the example of", () => {
  const shown = files.filter(({ checks }) => checks.length > 0);
  it.each(shown)("$name has the value it says", async ({ name, checks }) => {
    const module: Record<string, unknown> = await import(join(DOMAIN, name));
    const names = Object.keys(module);
    for (const { setup, expression, expected } of checks) {
      const run = (code: string): unknown =>
        compileFunction(`${setup}\nreturn (${code}\n)`, names, { filename: name })(
          ...names.map((key) => module[key]),
        );
      expectAlike(run(expression), run(expected), { text: expected, at: expression });
    }
  });

  it("every file with functions is there", () => {
    const missing = files
      .filter(({ source, checks }) => checks.length === 0 && /^export function/m.test(source))
      .map(({ name }) => name.replaceAll("\\", "/"));
    expect(missing.filter((name) => !WITHOUT_EXAMPLE.has(name))).toEqual([]);
  });
});

/** The checks of a file's examples; lines that end in `;` are run before those that follow. */
function checksOf(source: string): Check[] {
  const checks: Check[] = [];
  for (const [, body = ""] of source.matchAll(/@example\n((?:[ \t]*\*(?!\/)(?! @).*\n)*)/g)) {
    let setup = "";
    let open = "";
    for (const line of body.split("\n").map((text) => text.replace(/^\s*\* ?/, ""))) {
      const [, code = "", expected] = /^(.*?)\s*(?<!:)\/\/ (?:=> )?(.+)$/.exec(line) ?? [];
      const expression = `${open}${code}`;
      if (expected !== undefined && expression.trim() !== "") {
        checks.push({ setup, expression, expected: expected.replace(REMARK, "$1") });
        open = "";
        continue;
      }
      open += `${line}\n`;
      if (!line.trimEnd().endsWith(";")) continue;
      setup += open;
      open = "";
    }
    if (open.trim() !== "") throw new Error(`an example without a value: ${open.trim()}`);
  }
  return checks;
}

/** Numbers by the most decimals written anywhere in the expected value, all else exactly. */
function expectAlike(found: unknown, expected: unknown, of: { text: string; at: string }): void {
  const decimals = [...of.text.matchAll(/\d\.(\d+)/g)].map(([, digits = ""]) => digits.length);
  const places = Math.max(0, ...decimals);
  const rounded = (value: unknown): unknown => {
    if (typeof value === "number" && !Number.isInteger(value)) return Number(value.toFixed(places));
    if (Array.isArray(value)) return value.map(rounded);
    if (value === null || typeof value !== "object" || value.constructor !== Object) return value;
    return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, rounded(part)]));
  };
  const compared = places === 0 ? found : rounded(found);
  expect(compared, of.at).toEqual(expected);
}
