import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, relative, resolve } from "node:path";
import { inRoot, root } from "./root.mjs";
import { runNode } from "./run.mjs";
import { say } from "./say.mjs";

/**
 * Runs all tests on the embedded PostgreSQL and, where TEST_DATABASE_URL names one, those that ask a
 * server on that too.
 * Returns the sums over both, what failed, and whether every run went well.
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
  const failures = runs.flatMap((run) => run.failures);
  // A run without a test is no success: a wrong filter would pass for one.
  const ran = runs.every((run) => run.code === 0 && run.passed > 0);
  return { ...counts, failures, ok: ran && counts.failed === 0 };
}

/**
 * What failed, each with the beginning of its error: the second run would push it out of sight. Then the
 * line that tells it all: "12 passed, 0 failed".
 */
export function verdict({ passed, failed, skipped, failures }) {
  const skips = skipped > 0 ? `, ${skipped} skipped` : "";
  return [...failures, `${passed} passed, ${failed} failed${skips}`].join("\n");
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
    return { code, ...outcome(report, code, name) };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const ERROR_LINES = 12;

function outcome(report, code, engine) {
  if (!existsSync(report)) {
    return { passed: 0, failed: 1, skipped: 0, failures: [`FAILED on ${engine}: no report`] };
  }
  const { numPassedTests, numFailedTests, numPendingTests, numTodoTests, testResults } = JSON.parse(
    readFileSync(report, "utf8"),
  );
  const failures = testResults.flatMap((file) => failuresOf(file, engine));
  // An error outside of any test fails the run.
  if (failures.length === 0 && code !== 0)
    failures.push(`FAILED on ${engine}: outside of any test`);
  return {
    passed: numPassedTests,
    failed: Math.max(numFailedTests, failures.length),
    skipped: numPendingTests + numTodoTests,
    failures,
  };
}

/** A file that could not even be loaded has no tests to fail, and is a failure all the same. */
function failuresOf({ name, status, message, assertionResults }, engine) {
  if (status !== "failed") return [];
  const failed = assertionResults.filter((test) => test.status === "failed");
  const told = (what, messages) => {
    const lines = messages.join("\n").split("\n").slice(0, ERROR_LINES);
    return [`FAILED on ${engine}: ${what}`, ...lines.map((line) => `    ${line}`)].join("\n");
  };
  const file = relative(root, name);
  if (failed.length === 0) return [told(file, [message ?? ""])];
  return failed.map((test) => told(`${file} > ${test.fullName}`, test.failureMessages));
}
