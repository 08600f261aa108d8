import { createHash } from "node:crypto";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { inRoot } from "./root.mjs";
import { runNpm } from "./run.mjs";
import { refuse, say } from "./say.mjs";

const record = inRoot("node_modules", ".muster-lockfile");

/** Whether node_modules is what package-lock.json asks for. */
export function isInstalled() {
  if (!existsSync(inRoot("node_modules"))) return false;
  if (existsSync(record)) return readFileSync(record, "utf8") === digest();
  return matchesNpmsRecord();
}

/** Installs the packages of the lockfile when they are not there. */
export function ensureInstalled() {
  if (!isInstalled()) {
    say("installing packages (npm ci)");
    const code = runNpm(["ci", "--no-fund", "--no-audit"]);
    if (code !== 0) refuse(`npm ci failed with code ${code}`);
  }
  note();
}

function note() {
  if (existsSync(record) && readFileSync(record, "utf8") === digest()) return;
  try {
    writeFileSync(record, digest());
  } catch {
    // Somebody else's node_modules: it is compared in full each time.
  }
}

function digest() {
  const lockfile = readFileSync(inRoot("package-lock.json"));
  // Packages hold programs for one platform.
  return createHash("sha256")
    .update(lockfile)
    .update(process.platform + process.arch)
    .digest("hex");
}

/** An `npm ci` by hand leaves npm's own record, which names what was installed. */
function matchesNpmsRecord() {
  const npmRecord = inRoot("node_modules", ".package-lock.json");
  if (!existsSync(npmRecord)) return false;
  const installed = JSON.parse(readFileSync(npmRecord, "utf8")).packages;
  const wanted = JSON.parse(readFileSync(inRoot("package-lock.json"), "utf8")).packages;
  return Object.entries(wanted).every(([path, { version, optional, devOptional, link }]) => {
    if (path === "" || link) return true;
    const found = installed[path];
    if (found === undefined) return Boolean(optional || devOptional);
    return found.version === version;
  });
}
