/**
 * The worked example of CONTRIBUTING, kept true: its changes are made in a copy of the project, and there
 * types, style, build and the example's own test are run.
 */

import { execFile } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, test } from "vitest";

const run = promisify(execFile);
const ROOT = join(import.meta.dirname, "..");
const COPIED = ["dashboards", "src", "tests", "package.json", "biome.json", "tsconfig.json"];
const TEST = "tests/dashboards/charts/transfers.test.ts";
const MINUTES_MS = 180_000;

interface Piece {
  readonly language: string;
  readonly path: string;
  readonly text: string;
}

/** Blocks of code that name a file, below the heading. */
function piecesUnder(heading: string): Piece[] {
  const text = readFileSync(join(ROOT, "CONTRIBUTING.md"), "utf8");
  const section = text.split(/^## /m).find((part) => part.startsWith(heading)) ?? "";
  return [...section.matchAll(/^```(\w+) (\S+)\n([\s\S]*?)^```$/gm)].map(
    ([, language = "", path = "", code = ""]) => ({ language, path, text: code }),
  );
}

/** The file with the lines that have a plus put between those that have none. */
function changed(before: string, diff: string): string {
  let text = before;
  for (const hunk of diff.split(/^@@.*\n/m)) {
    const lines = hunk.split("\n").filter((line) => line !== "");
    const was = lines.filter((line) => !line.startsWith("+")).map((line) => line.slice(1));
    const becomes = lines.map((line) => line.slice(1));
    const places = text.split(`${was.join("\n")}\n`).length - 1;
    if (places !== 1) throw new Error(`found ${places} times: ${was.join(" / ")}`);
    text = text.replace(`${was.join("\n")}\n`, () => `${becomes.join("\n")}\n`);
  }
  return text;
}

const pieces = piecesUnder("Adding a chart");

describe("the chart that CONTRIBUTING adds", () => {
  let copy: string;

  beforeAll(() => {
    copy = mkdtempSync(join(tmpdir(), "muster-example-"));
    for (const name of COPIED) cpSync(join(ROOT, name), join(copy, name), { recursive: true });
    symlinkSync(join(ROOT, "node_modules"), join(copy, "node_modules"));
    for (const { language, path, text } of pieces) {
      const file = join(copy, path);
      mkdirSync(dirname(file), { recursive: true });
      const content = language === "diff" ? changed(readFileSync(file, "utf8"), text) : text;
      writeFileSync(file, content);
    }
    writeFileSync(join(copy, "vitest.config.mjs"), `export default { test: { maxWorkers: 1 } };\n`);
  });

  afterAll(() => rm(copy, { recursive: true, force: true }));

  /** A program of the project, in the copy; what it says where it fails. */
  async function says(program: string, ...words: string[]): Promise<string> {
    const bin = join(ROOT, "node_modules", ".bin", program);
    // The copy's own settings: what this run was told is not for that one.
    const env = { PATH: process.env.PATH ?? "", HOME: process.env.HOME ?? "" };
    return run(bin, words, { cwd: copy, env, maxBuffer: 1 << 26 }).then(
      () => "",
      ({ stdout, stderr }: { stdout: string; stderr: string }) => `${stdout}${stderr}`,
    );
  }

  test("is a new chart, a card, a page, two languages and a test", () => {
    expect(pieces.map(({ language }) => language)).toEqual([
      "ts",
      "tsx",
      "diff",
      "diff",
      "diff",
      "ts",
    ]);
  });

  test("has the style", async () => {
    const paths = pieces.map(({ path }) => path);
    expect(await says("biome", "check", "--vcs-enabled=false", ...paths)).toBe("");
  });

  test("has types", { timeout: MINUTES_MS }, async () => {
    expect(await says("tsc", "--noEmit", "-p", "dashboards")).toBe("");
  });

  test("builds", { timeout: MINUTES_MS }, async () => {
    expect(await says("vite", "build", "dashboards", "--logLevel", "error")).toBe("");
  });

  test("draws what its test says", { timeout: MINUTES_MS }, async () => {
    expect(await says("vitest", "run", TEST)).toBe("");
  });
});
