/** The arrows of the design as data: who may import whom. Anything not in this list is a fault. */

import { posix } from "node:path";
import type { Source } from "./source.ts";

/** Pure mathematics: no input or output, no clock, no chance of its own. */
const MATHS = ["simple-statistics", "ml-matrix", "pure-rand", "flatqueue"] as const;

interface Layer {
  /** What it may import beside itself. */
  readonly to: readonly string[];
  /** What it may import the types of. */
  readonly types?: readonly string[];
  /** Packages it may import; any where it is not said. */
  readonly packages?: readonly string[];
}

const FIELD: Layer = { to: ["domain/shared"], packages: MATHS };
const INNER = ["domain/*", "ingest", "store", "solver"] as const;
const RIM: Layer = {
  to: [...INNER, "flows", "jobs", "http/contract", "http", "cli", "config", "seeds", "bench"],
};

export const LAYERS: Readonly<Record<string, Layer>> = {
  "domain/shared": { to: [], packages: MATHS },
  "domain/settlement": { to: ["domain/shared"], packages: [] },
  "domain/*": FIELD,
  ingest: { to: ["domain/shared"] },
  store: { to: ["domain/*"] },
  solver: { to: ["domain/*"] },
  flows: { to: INNER },
  jobs: { to: ["flows", "store", "domain/shared"] },
  "http/contract": { to: ["domain/shared"], packages: ["zod"] },
  http: { to: ["http/contract", "flows", "store", "domain/shared"] },
  cli: { to: ["flows", "store", "domain/shared", "config"] },
  config: { to: ["domain/shared"] },
  // Measures every layer beside its yardstick.
  bench: RIM,
  main: RIM,
  seeds: { to: ["domain/shared"], types: ["ingest", "http/contract"] },
  dashboards: { to: [], types: ["http/contract"] },
  scripts: { to: [], packages: [] },
  tests: { to: ["*"] },
};

/** The composition root: it alone knows everything. */
const MAIN_FILES: ReadonlySet<string> = new Set([
  "src/main.ts",
  "src/serve.ts",
  "src/serve-commands.ts",
  "src/demo.ts",
  "src/job-flows.ts",
  "src/jobs-command.ts",
  "src/bench-command.ts",
]);

const FOLDERS = ["ingest", "store", "solver", "flows", "jobs", "http", "cli", "bench"] as const;
const TOP = ["seeds", "dashboards", "scripts", "bin", "tests"] as const;

/** The layer of a file; null where the design knows no such place. */
export function layerOf(path: string): string | null {
  const field = /^src\/domain\/([^/]+)\//.exec(path)?.[1];
  if (field !== undefined) return `domain/${field}`;
  if (path.startsWith("src/http/contract/")) return "http/contract";
  for (const folder of FOLDERS) if (path.startsWith(`src/${folder}/`)) return folder;
  if (path === "src/config.ts") return "config";
  if (MAIN_FILES.has(path)) return "main";
  for (const folder of TOP) {
    if (path.startsWith(`${folder}/`)) return folder === "bin" ? "scripts" : folder;
  }
  // Settings of tools at the root.
  return path.includes("/") ? null : "tests";
}

const ruleOf = (layer: string): Layer | undefined =>
  LAYERS[layer] ?? (layer.startsWith("domain/") ? LAYERS["domain/*"] : undefined);

const includes = (list: readonly string[], layer: string): boolean =>
  list.includes("*") ||
  list.includes(layer) ||
  (layer.startsWith("domain/") && list.includes("domain/*"));

/** Imports against the arrows. */
export function arrowFaults(source: Source): string[] {
  const layer = layerOf(source.path);
  const rule = layer === null ? undefined : ruleOf(layer);
  if (layer === null || rule === undefined) return [`${source.path}: belongs to no layer`];
  return source.imports.flatMap(({ from, line, typeOnly }) => {
    const fault = from.startsWith(".")
      ? arrowFault(layer, rule, resolved(source.path, from), typeOnly)
      : packageFault(layer, rule, from);
    return fault === null ? [] : [`${source.path}:${line}: ${fault}`];
  });
}

function arrowFault(layer: string, rule: Layer, target: string, typeOnly: boolean): string | null {
  // Settings and catalogues beside the code (package.json) belong to nobody.
  if (/\.(json|css|svg)$/.test(target)) return null;
  const to = layerOf(target);
  if (to === layer || (to !== null && includes(rule.to, to))) return null;
  const typesAllowed = to !== null && includes(rule.types ?? [], to);
  if (typesAllowed && typeOnly) return null;
  return `${layer} -> ${to ?? target}${typesAllowed ? " (types only)" : ""} is no arrow`;
}

function packageFault(layer: string, rule: Layer, name: string): string | null {
  if (rule.packages === undefined) return null;
  if (layer === "scripts" && name.startsWith("node:")) return null;
  const found = rule.packages.some((allowed) => name === allowed || name.startsWith(`${allowed}/`));
  return found ? null : `${layer} imports the package ${name}`;
}

/** The file that a relative import names, from the root. */
export function resolved(path: string, from: string): string {
  return posix.join(posix.dirname(path), from.replace(/\?.*$/, ""));
}
