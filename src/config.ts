/** What a user can set from outside, all of it on this page. Read once, at the rim, then passed on. */

import { z } from "zod";
import { type Fault, InputError } from "./domain/shared/errors.ts";

/** One setting: the environment variable, what it does, and what holds without it. */
export interface Setting<T> {
  readonly env: string;
  readonly doc: string;
  /** The default as a reader sees it. */
  readonly default: string;
  /** What a good value is, for the message about a bad one. */
  readonly expected: string;
  readonly schema: z.ZodType<T, string | undefined>;
}

const LOG_LEVELS = ["silent", "fatal", "error", "warn", "info", "debug", "trace"] as const;
const databaseUrl = z.string().regex(/^postgres(ql)?:\/\//);

const setting = <T>(definition: Setting<T>): Setting<T> => definition;

/** Every setting by the name the program knows it under. */
export const SETTINGS = {
  databaseUrl: setting({
    env: "DATABASE_URL",
    doc: "A PostgreSQL of your own, 15 or newer, instead of the embedded one.",
    default: "embedded",
    expected: "a URL such as postgres://user:password@host:5432/database",
    schema: databaseUrl.optional(),
  }),
  dataFolder: setting({
    env: "MUSTER_DATA",
    doc: "The folder of the embedded PostgreSQL's data, and of files dropped in the browser.",
    default: "./data",
    expected: "a folder",
    schema: z.string().default("./data"),
  }),
  port: setting({
    env: "MUSTER_PORT",
    doc: "The port that `muster serve` listens on; 0 takes any that is free.",
    default: "7788",
    expected: "a whole number from 0 to 65535",
    schema: z
      .string()
      .regex(/^\d{1,5}$/)
      .default("7788")
      .transform(Number)
      .refine((port) => port <= 65_535),
  }),
  host: setting({
    env: "MUSTER_HOST",
    doc: "The address that `muster serve` listens on.",
    default: "127.0.0.1",
    expected: "an address or a host name",
    schema: z
      .string()
      .regex(/^[^\s/]+$/)
      .default("127.0.0.1"),
  }),
  key: setting({
    env: "MUSTER_KEY",
    doc: "The installation's key for the HMACs of customers, in hex.",
    default: "made on first use",
    expected: "at least 64 hex digits (32 bytes)",
    schema: z
      .string()
      .regex(/^([0-9a-f]{2}){32,}$/i)
      .optional(),
  }),
  logLevel: setting({
    env: "MUSTER_LOG",
    doc: `How much is logged: ${LOG_LEVELS.join(", ")}.`,
    default: "info",
    expected: `one of ${LOG_LEVELS.join(", ")}`,
    schema: z.enum(LOG_LEVELS).default("info"),
  }),
  uploadBytes: setting({
    env: "MUSTER_UPLOAD_BYTES",
    doc: "How large a file dropped in the browser may be, in bytes.",
    default: "2147483648",
    expected: "a whole number of bytes from 1 on",
    schema: z
      .string()
      .regex(/^[1-9]\d{0,14}$/)
      .default("2147483648")
      .transform(Number),
  }),
  testDatabaseUrl: setting({
    env: "TEST_DATABASE_URL",
    doc: "A PostgreSQL that `npm test` runs on too; its user must be allowed to create databases and roles.",
    default: "none",
    expected: "a URL such as postgres://user:password@host:5432/database",
    schema: databaseUrl.optional(),
  }),
  realData: setting({
    env: "MUSTER_REAL_DATA",
    doc: "The folder of real logs that some tests and benchmarks read.",
    default: "../shared/data",
    expected: "a folder",
    schema: z.string().default("../shared/data"),
  }),
} as const;

type Settings = typeof SETTINGS;

/** The settings as they hold for one process. */
export type Config = {
  readonly [K in keyof Settings]: Settings[K] extends Setting<infer T> ? T : never;
};

/** Reads the settings from an environment. An empty variable counts as not set. Throws InputError. */
export function readConfig(env: Readonly<Record<string, string | undefined>>): Config {
  const config: Record<string, unknown> = {};
  const faults: Fault[] = [];
  for (const [name, { env: variable, schema, expected }] of Object.entries(SETTINGS)) {
    const value = env[variable]?.trim() || undefined;
    const parsed = schema.safeParse(value);
    if (parsed.success) config[name] = parsed.data;
    else faults.push({ code: "config", path: variable, value: shown(variable, value), expected });
  }
  if (faults.length > 0) throw new InputError(faults);
  return Object.freeze(config) as Config;
}

/** The settings as a table of Markdown, for the README. */
export function settingsTable(): string {
  const rows = Object.values(SETTINGS).map(
    ({ env, doc, default: without }) => `| \`${env}\` | ${doc} | ${without} |`,
  );
  return ["| variable | what it sets | default |", "|---|---|---|", ...rows].join("\n");
}

/** Error messages end up in logs: keys and passwords must not. */
function shown(variable: string, value: string | undefined): string | undefined {
  return variable === SETTINGS.key.env || variable.endsWith("_URL") ? "(not shown)" : value;
}
