import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { inRoot, root } from "./root.mjs";
import { runNode } from "./run.mjs";
import { say } from "./say.mjs";

/**
 * Runs all tests on the embedded PostgreSQL and, where TEST_DATABASE_URL names one, on that too.
 * Returns the sums over both and whether every run went well.
 */
export function runTests(args) {
  const realData = resolve(root, process.env.MUSTER_REAL_DATA || "../shared/data");
  if (!existsSync(realData)) {
    say(`NO REAL DATA in ${realData}: tests on real logs are SKIPPED (set MUSTER_REAL_DATA)`);
  }
  const given = process.env.TEST_DATABASE_URL;
  const runs = [runOnce("the embedded PostgreSQL", undefined, args)];
  if (given) runs.push(runOnce("the PostgreSQL of TEST_DATABASE_URL", given, args));
  const sum = (key) => runs.reduce((total, run) => total + run[key], 0);
  const counts = { passed: sum("passed"), failed: sum("failed"), skipped: sum("skipped") };
  // A run without a test is no success: a wrong filter would pass for one.
  const ran = runs.every((run) => run.code === 0 && run.passed > 0);
  return { ...counts, ok: ran && counts.failed === 0 };
}

/** The line that tells it all: "12 passed, 0 failed". */
export function verdict({ passed, failed, skipped }) {
  return `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ""}`;
}

function runOnce(name, url, args) {
  say(`tests on ${name}`);
  const folder = mkdtempSync(join(tmpdir(), "muster-report-"));
  const report = join(folder, "report.json");
  const reporters = ["--reporter=default", "--reporter=json", `--outputFile.json=${report}`];
  const env = { ...process.env };
  if (url === undefined) delete env.MUSTER_TEST_DATABASE_URL;
  else env.MUSTER_TEST_DATABASE_URL = url;
  try {
    const vitest = inRoot("node_modules", "vitest", "vitest.mjs");
    const code = runNode(vitest, ["run", ...reporters, ...args], { fd: 1, env });
    return { code, ...counts(report, code) };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function counts(report, code) {
  if (!existsSync(report)) return { passed: 0, failed: 1, skipped: 0 };
  const { numPassedTests, numFailedTests, numPendingTests, numTodoTests, testResults } = JSON.parse(
    readFileSync(report, "utf8"),
  );
  // A file that could not even be loaded has no tests to fail, and is a failure all the same.
  const broken = testResults.filter(
    ({ status, assertionResults }) =>
      status === "failed" && !assertionResults.some((test) => test.status === "failed"),
  ).length;
  const failed = numFailedTests + broken;
  return {
    passed: numPassedTests,
    // An error outside of any test fails the run.
    failed: failed === 0 && code !== 0 ? 1 : failed,
    skipped: numPendingTests + numTodoTests,
  };
}
