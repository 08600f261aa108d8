import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { readConfig, SETTINGS, settingsTable } from "../src/config.ts";
import { InputError } from "../src/domain/shared/errors.ts";

describe("readConfig", () => {
  test("has a default for everything that needs one", () => {
    expect(readConfig({})).toEqual({
      databaseUrl: undefined,
      dataFolder: "./data",
      port: 7788,
      host: "127.0.0.1",
      key: undefined,
      logLevel: "info",
      uploadBytes: 2_147_483_648,
      testDatabaseUrl: undefined,
      realData: "../shared/data",
    });
  });

  test("takes what is set, and an empty variable for one that is not", () => {
    const config = readConfig({
      DATABASE_URL: "postgres://u:p@db.example:5432/muster",
      MUSTER_DATA: " /srv/muster ",
      MUSTER_PORT: "0",
      MUSTER_HOST: "",
      MUSTER_KEY: "0aF9".repeat(16),
      MUSTER_LOG: "debug",
    });
    expect(config).toMatchObject({
      databaseUrl: "postgres://u:p@db.example:5432/muster",
      dataFolder: "/srv/muster",
      port: 0,
      host: "127.0.0.1",
      key: "0aF9".repeat(16),
      logLevel: "debug",
    });
    expect(Object.isFrozen(config)).toBe(true);
  });

  test("names every fault, and shows no secret", () => {
    const read = () =>
      readConfig({
        DATABASE_URL: "mysql://root:hunter2@db/muster",
        MUSTER_PORT: "65536",
        MUSTER_KEY: "abc",
        MUSTER_LOG: "loud",
      });
    expect(read).toThrow(InputError);
    expect(read).toThrow(
      [
        "invalid DATABASE_URL: (not shown), expected a URL such as postgres://user:password@host:5432/database",
        "invalid MUSTER_PORT: 65536, expected a whole number from 0 to 65535",
        "invalid MUSTER_KEY: (not shown), expected at least 64 hex digits (32 bytes)",
        "invalid MUSTER_LOG: loud, expected one of silent, fatal, error, warn, info, debug, trace",
      ].join("\n"),
    );
  });

  test.each(["-1", "80.5", "http", "1e3"])("port %s is refused", (port) => {
    expect(() => readConfig({ MUSTER_PORT: port })).toThrow(`invalid MUSTER_PORT: ${port}`);
  });
});

test("the table has a row for every setting", () => {
  const lines = settingsTable().split("\n");
  expect(lines).toHaveLength(2 + Object.keys(SETTINGS).length);
  expect(lines[2]).toMatch(/^\| `DATABASE_URL` \| .+ \| embedded \|$/);
});

describe("the README", () => {
  test("lists every setting as it is", () => {
    const readme = readFileSync(new URL("../README.md", import.meta.url), "utf8");
    expect(readme).toContain(settingsTable());
  });
});
