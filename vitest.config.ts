import { configDefaults, defineConfig } from "vitest/config";

/**
 * Not on a second server: the embedded server's own business, the filling of a disk, and what says nothing
 * of a server because it never asks one, or looks only at how a page is drawn and worked.
 */
const ONCE = [
  "tests/store/embedded.test.ts",
  "tests/cli/full-disk.test.ts",
  "tests/{domain,dashboards,ingest,repository}/**",
  "tests/{config,examples,repository,worked-example}.test.ts",
  "tests/{http,browser}/million-agents.test.ts",
  "tests/browser/{accessible,bundle,compare,keyboard,marks,notes}*.test.ts",
  "tests/browser/{print,steady,study,tables,troubles}*.test.ts",
];
const onSecondServer = Boolean(process.env.MUSTER_TEST_DATABASE_URL);

export default defineConfig({
  test: {
    include: ["tests/**/*.test.{ts,tsx}"],
    exclude: [...configDefaults.exclude, ...(onSecondServer ? ONCE : [])],
    globalSetup: ["tests/support/global-setup.ts"],
    pool: "forks",
    // Each worker talks to the one PostgreSQL, which wants a core of its own.
    maxWorkers: 2,
    testTimeout: 30_000,
    hookTimeout: 60_000,
    teardownTimeout: 60_000,
    // What a page will show: on a busy machine it takes longer than the second that is vitest's own.
    expect: { poll: { timeout: 10_000 } },
    coverage: {
      provider: "v8",
      include: ["src/**/*.ts", "dashboards/**/*.{ts,tsx}"],
      reporter: ["text-summary", "html"],
    },
  },
});
