/**
 * What the repository promises about itself: the arrows of the design, no cycles, a pure domain, and
 * the habits that no other tool checks. Every rule is first seen to fail on a line that breaks it.
 */

import { describe, expect, it } from "vitest";
import { arrowFaults } from "./repository/arrows.ts";
import { environmentReads, impurities, lengths, untidiness } from "./repository/code-rules.ts";
import { cyclesOf } from "./repository/cycles.ts";
import { repositoryPaths, repositoryTexts } from "./repository/files.ts";
import { parseSource, type Source } from "./repository/source.ts";
import { testFaults } from "./repository/test-rules.ts";
import { deadLinks, machinePaths, privateHosts, secrets } from "./repository/text-rules.ts";

const paths = repositoryPaths();
const texts = repositoryTexts(paths);
const sources = texts
  .filter(({ path }) => /\.(?:tsx?|mjs)$/.test(path))
  .map(({ path, text }) => parseSource(path, text));
const below = (folder: string) => sources.filter(({ path }) => path.startsWith(folder));

/** What a rule says about one small file. */
function on(rule: (source: Source) => string[], path: string, text: string): string[] {
  return rule(parseSource(path, text));
}

describe("arrows", () => {
  it.each([
    ["src/domain/shared/a.ts", "../metrics/b.ts", "domain/shared -> domain/metrics"],
    ["src/domain/metrics/a.ts", "../spread/b.ts", "domain/metrics -> domain/spread"],
    ["src/domain/metrics/a.ts", "../../store/b.ts", "domain/metrics -> store"],
    ["src/domain/metrics/a.ts", "zod", "domain/metrics imports the package zod"],
    ["src/domain/settlement/a.ts", "simple-statistics", "imports the package simple-statistics"],
    ["src/ingest/a.ts", "../store/b.ts", "ingest -> store"],
    ["src/ingest/a.ts", "../domain/metrics/b.ts", "ingest -> domain/metrics"],
    ["src/store/a.ts", "../flows/b.ts", "store -> flows"],
    ["src/flows/a.ts", "../http/b.ts", "flows -> http"],
    ["src/jobs/a.ts", "../http/b.ts", "jobs -> http"],
    ["src/http/a.ts", "../jobs/b.ts", "http -> jobs"],
    ["src/http/a.ts", "../ingest/b.ts", "http -> ingest"],
    ["src/cli/a.ts", "../http/b.ts", "cli -> http"],
    ["src/cli/a.ts", "../jobs/b.ts", "cli -> jobs"],
    ["src/cli/a.ts", "../main.ts", "cli -> main"],
    ["src/http/contract/a.ts", "../mount.ts", "http/contract -> http"],
    ["seeds/a.ts", "../src/ingest/b.ts", "seeds -> ingest (types only)"],
    ["seeds/a.ts", "../src/store/b.ts", "seeds -> store"],
    ["dashboards/a.tsx", "../src/http/contract/b.ts", "dashboards -> http/contract (types only)"],
    ["dashboards/a.tsx", "../src/domain/shared/b.ts", "dashboards -> domain/shared"],
    ["src/flows/a.ts", "../../tests/b.ts", "flows -> tests"],
    ["src/new/a.ts", "./b.ts", "belongs to no layer"],
  ])("sees %s importing %s", (path, from, fault) => {
    expect(on(arrowFaults, path, `import { b } from "${from}";`).join()).toContain(fault);
  });

  it("sees every way to import", () => {
    const from = '"../http/b.ts"';
    for (const text of [
      `import type { B } from ${from};`,
      `import ${from};`,
      `export * from ${from};`,
      `export { b } from ${from};`,
      `const b = await import(${from});`,
      `type B = import(${from}).B;`,
    ]) {
      expect(on(arrowFaults, "src/flows/a.ts", text), text).toHaveLength(1);
    }
  });

  it("lets through what the design draws", () => {
    const drawn: [path: string, text: string][] = [
      [
        "src/domain/metrics/a.ts",
        'import { sum } from "simple-statistics"; import "../shared/b.ts"',
      ],
      ["src/store/a.ts", 'import { b } from "../domain/dispatch/b.ts"; import pg from "pg"'],
      ["src/flows/a.ts", 'import { b } from "../ingest/b.ts"; import "../store/c.ts"'],
      ["src/serve.ts", 'import { b } from "./jobs/b.ts"; import "./http/c.ts"'],
      ["dashboards/a.ts", 'import type { B } from "../src/http/contract/b.ts"'],
      ["seeds/a.ts", 'import { type B } from "../src/ingest/b.ts"'],
    ];
    for (const [path, text] of drawn) expect(on(arrowFaults, path, text)).toEqual([]);
  });

  it("hold in this repository", () => {
    expect(sources.flatMap(arrowFaults)).toEqual([]);
  });
});

describe("cycles", () => {
  it("are found, through types and across files", () => {
    const a = parseSource("src/flows/a.ts", 'import type { B } from "./b.ts"');
    const b = parseSource("src/flows/b.ts", 'import { c } from "./c.ts"');
    const c = parseSource("src/flows/c.ts", 'export { a } from "./a.ts"');
    expect(cyclesOf([a, b, c])).toEqual([["src/flows/a.ts", "src/flows/b.ts", "src/flows/c.ts"]]);
    expect(cyclesOf([a, b])).toEqual([]);
    const self = parseSource("src/flows/d.ts", 'import "./d.ts"');
    expect(cyclesOf([self])).toEqual([["src/flows/d.ts"]]);
  });

  it("are not in this repository", () => {
    expect(cyclesOf(sources)).toEqual([]);
  });
});

describe("the domain is pure", () => {
  it.each([
    ['import { readFile } from "node:fs"', "node:fs"],
    ["export const a = process.pid", "process"],
    ["export const a = fetch('x')", "fetch"],
    ["export const a = async () => 1", "async"],
    ["for await (const a of []) a", "await"],
    ["export const a = Date.now()", "Date.now()"],
    ["export const a = new Date()", "new Date()"],
    ["export const a = Date()", "Date()"],
    ["export const a = Math.random()", "Math.random()"],
    ["export const a = performance.now()", "performance.now()"],
  ])("sees %s", (text, what) => {
    const path = "src/domain/metrics/a.ts";
    expect(on(impurities, path, text)).toContain(`${path}:1: ${what} in the domain`);
  });

  it("lets an instant be read and a word be a word", () => {
    const text = "export const a = (at: number) => ({ process: new Date(at).getTime() })";
    expect(on(impurities, "src/domain/metrics/a.ts", text)).toEqual([]);
  });

  it("in this repository", () => {
    expect(below("src/domain/").length).toBeGreaterThan(0);
    expect(below("src/domain/").flatMap(impurities)).toEqual([]);
  });
});

describe("code is tidy", () => {
  it.each([
    ["let a: any", "any"],
    ["let a: readonly any[]", "any"],
    ["// @ts-ignore: no\nlet a", "@ts-ignore"],
    ["/* TODO later */ let a", "TODO"],
    ["// FIXME\nlet a", "FIXME"],
    ['export * from "./b.ts"', "a barrel file"],
    ['export { b } from "./b.ts"; export type { C } from "./c.ts"', "a barrel file"],
  ])("sees %s", (text, what) => {
    expect(on(untidiness, "src/flows/a.ts", text)).toEqual([`src/flows/a.ts:1: ${what}`]);
  });

  it("sees what is too long", () => {
    const path = "src/flows/a.ts";
    expect(on(lengths, path, `a(${"x".repeat(97)});`)).toEqual([`${path}:1: 101 characters`]);
    expect(on(lengths, path, `// ${"x".repeat(107)}`)).toEqual([]);
    expect(on(lengths, path, `// ${"x".repeat(108)}`)).toEqual([`${path}:1: 111 characters`]);
    expect(on(lengths, path, "\n".repeat(401))).toEqual([`${path}: 401 lines, more than 400`]);
    expect(on(lengths, path, "\n".repeat(400))).toEqual([]);
    expect(on(lengths, "tests/a.ts", "\n".repeat(601))).toHaveLength(1);
    const long = (lines: number) => `const a = () => {${"\n".repeat(lines - 1)}}`;
    expect(on(lengths, path, long(71))).toEqual([`${path}:1: a function of 71 lines`]);
    expect(on(lengths, path, long(70))).toEqual([]);
  });

  it("sees the environment read anywhere but in main and config", () => {
    const text = "export const a = process.env.HOME";
    expect(on(environmentReads, "src/store/a.ts", text)).toEqual(["src/store/a.ts:1: process.env"]);
    expect(on(environmentReads, "src/main.ts", text)).toEqual([]);
  });

  it("in this repository", () => {
    expect(sources.flatMap(untidiness)).toEqual([]);
  });

  it("in this repository, and short", () => {
    expect(sources.flatMap(lengths)).toEqual([]);
  });

  it("in this repository, and does not ask the environment", () => {
    expect([...below("src/"), ...below("seeds/")].flatMap(environmentReads)).toEqual([]);
  });
});

describe("tests", () => {
  it.each([
    ["it('a', () => {})", "tests/a.test.ts: expects nothing"],
    ["it.only('a', () => expect(1))", "tests/a.test.ts:1: it.only"],
    ["describe.skip('a', () => expect(1))", "tests/a.test.ts:1: describe.skip"],
    ["it.todo('a'); expect(1)", "tests/a.test.ts:1: it.todo"],
    ["it.skip.each([1])('a', () => expect(1))", "tests/a.test.ts:1: it.skip.each"],
    ["it('a', f); it('a', f); expect(1)", 'tests/a.test.ts:1: a second test named "a"'],
  ])("are looked at: %s", (text, fault) => {
    expect(on(testFaults, "tests/a.test.ts", text)).toEqual([fault]);
  });

  it("may be left out on a condition, and share a name in two groups", () => {
    const text = `describe("a", () => it("c", () => expect(1)));
      describe("b", () => it.skipIf(isWindows)("c", () => expect(1)));`;
    expect(on(testFaults, "tests/a.test.ts", text)).toEqual([]);
  });

  it("in this repository assert something, under a name of their own, all switched on", () => {
    const tests = below("tests/").filter(({ path }) => /\.test\.tsx?$/.test(path));
    expect(tests.length).toBeGreaterThan(0);
    expect(tests.flatMap(testFaults)).toEqual([]);
  });
});

describe("texts", () => {
  /** Fixtures are put together here, so that the rules do not find them in this file. */
  const slashed = (...parts: string[]) => ["", ...parts, ""].join("/");

  it("sees links that lead nowhere", () => {
    const file = { path: "docs/a.md", text: "[b](b.md) [c](../c.md#part) [d](https://d) [e](#e)" };
    const known = new Set(["docs/b.md"]);
    expect(deadLinks(file, (path) => known.has(path))).toEqual([
      "docs/a.md:1: ../c.md#part leads nowhere",
    ]);
  });

  it("sees paths of one machine", () => {
    for (const folder of ["work", "home", "root", "tmp"]) {
      const text = `open("${slashed(folder, "data")}")`;
      expect(machinePaths({ path: "src/a.ts", text })).toEqual([`src/a.ts:1: ${slashed(folder)}`]);
    }
    const text = `import "../store${slashed("work")}a.ts"; \`\${base}${slashed("tmp")}\``;
    expect(machinePaths({ path: "src/a.ts", text })).toEqual([]);
    expect(machinePaths({ path: "tests/a.ts", text: slashed("tmp") })).toEqual([]);
  });

  it.each([
    ["private key", `-----BEGIN RSA ${"PRIVATE"} KEY-----`],
    ["cloud key", `AKIA${"A1".repeat(8)}`],
    ["token of a forge", `ghp_${"a1".repeat(18)}`],
    ["access token", `mst_${"x".repeat(43)}`],
    ["chat token", `xoxb-${"1".repeat(12)}`],
    ["password in an address", `postgres://me:${"hunter22"}@db`],
  ])("sees a %s", (what, text) => {
    expect(secrets({ path: "a.md", text })).toEqual([`a.md:1: a ${what}`]);
  });

  it("sees private hosts in the lock file", () => {
    const text =
      '"resolved": "https://npm.bank.example/a.tgz", "resolved": "https://registry.npmjs.org/b"';
    expect(privateHosts({ path: "lock", text })).toEqual(["lock: https://npm.bank.example/a.tgz"]);
  });

  it("in this repository are fit for any machine", () => {
    const known = new Set(paths);
    const pages = texts.filter(({ path }) => path.endsWith(".md"));
    expect(pages.flatMap((page) => deadLinks(page, (path) => known.has(path)))).toEqual([]);
    expect(texts.flatMap(machinePaths)).toEqual([]);
    expect(texts.flatMap(secrets)).toEqual([]);
    const lock = texts.find(({ path }) => path === "package-lock.json");
    expect(lock === undefined ? ["no lock file"] : privateHosts(lock)).toEqual([]);
  });
});
