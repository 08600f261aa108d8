import { configDefaults, defineConfig } from "vitest/config";

/** The tests of the embedded server have nothing new to say on a server of the user's own. */
const onGivenServer = Boolean(process.env.MUSTER_TEST_DATABASE_URL);
const embeddedOnly = onGivenServer ? ["tests/store/embedded.test.ts"] : [];

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
