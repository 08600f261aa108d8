import { configDefaults, defineConfig } from "vitest/config";

/** The embedded server's own business, and the filling of a disk: not on a server of the user's. */
const onGivenServer = Boolean(process.env.MUSTER_TEST_DATABASE_URL);
const embeddedOnly = onGivenServer
  ? ["tests/store/embedded.test.ts", "tests/cli/full-disk.test.ts"]
  : [];

export default defineConfig({
  test: {
    include: ["tests/**/*.test.{ts,tsx}"],
    exclude: [...configDefaults.exclude, ...embeddedOnly],
    globalSetup: ["tests/support/global-setup.ts"],
    pool: "forks",
    // Each worker talks to the one PostgreSQL, which wants a core of its own.
    maxWorkers: 2,
    testTimeout: 30_000,
    hookTimeout: 60_000,
    teardownTimeout: 60_000,
    coverage: {
      provider: "v8",
      include: ["src/**/*.ts", "dashboards/**/*.{ts,tsx}"],
      reporter: ["text-summary", "html"],
    },
  },
});
