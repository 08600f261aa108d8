import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { digestOf } from "./digest.mjs";
import { ensureInstalled, isInstalled } from "./install.mjs";
import { withBuildLock } from "./lock.mjs";
import { inRoot } from "./root.mjs";
import { runNode } from "./run.mjs";
import { refuse, say } from "./say.mjs";

const COMMON = ["package.json", "package-lock.json", "tsconfig.json"];

/** What there is to build: from what, by what, and where the digest of its sources is kept. */
const PARTS = {
  server: {
    sources: [...COMMON, "tsconfig.build.json", "src", "seeds"],
    needs: "tsconfig.build.json",
    record: inRoot("dist", ".server-digest"),
    result: inRoot("dist", "src"),
    tool: ["node_modules/typescript/bin/tsc", "-p", "tsconfig.build.json"],
    doing: "compiling the server (tsc)",
  },
  dashboards: {
    sources: [...COMMON, "dashboards"],
    needs: "dashboards/vite.config.ts",
    record: inRoot("dist", ".dashboards-digest"),
    result: inRoot("dist", "dashboards"),
    tool: ["node_modules/vite/bin/vite.js", "build", "--config", "dashboards/vite.config.ts"],
    doing: "building the dashboards (vite)",
  },
};

/** Installs what is missing and builds what is stale. `dashboards` false leaves the browser's side. */
export async function ensureBuilt({ dashboards = true } = {}) {
  const parts = dashboards ? [PARTS.server, PARTS.dashboards] : [PARTS.server];
  if (isInstalled() && parts.every(isFresh)) return;
  await withBuildLock(() => {
    ensureInstalled();
    for (const part of parts) if (!isFresh(part)) build(part);
  });
}

function isFresh(part) {
  if (!existsSync(inRoot(part.needs))) return true;
  if (!existsSync(part.result) || !existsSync(part.record)) return false;
  return readFileSync(part.record, "utf8") === digestOf(part.sources);
}

function build(part) {
  // Taken before, so that a file saved during the build makes the next one.
  const digest = digestOf(part.sources);
  say(part.doing);
  rmSync(part.record, { force: true });
  const [script, ...args] = part.tool;
  const code = runNode(inRoot(script), args);
  if (code !== 0) refuse(`${part.doing} failed with code ${code}`);
  if (part === PARTS.server) for (const name of ["src", "seeds"]) dropOrphans(name);
  mkdirSync(inRoot("dist"), { recursive: true });
  writeFileSync(part.record, digest);
}

/** Removes the output of sources that are no more. */
function dropOrphans(path) {
  const folder = inRoot("dist", path);
  if (!existsSync(folder)) return;
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const child = join(path, entry.name);
    if (entry.isDirectory()) {
      if (existsSync(inRoot(child))) dropOrphans(child);
      else rmSync(inRoot("dist", child), { recursive: true });
      continue;
    }
    const source = child.replace(/\.js(\.map)?$/, ".ts");
    if (source !== child && !existsSync(inRoot(source))) rmSync(inRoot("dist", child));
  }
}
