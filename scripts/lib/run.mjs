import { spawnSync } from "node:child_process";
import { root } from "./root.mjs";

/** Runs a program of node_modules (or another script) with Node; its exit code. All output to `fd`. */
export function runNode(script, args, { fd = 2, env = process.env } = {}) {
  const result = spawnSync(process.execPath, [script, ...args], {
    cwd: root,
    env,
    stdio: ["ignore", fd, 2],
  });
  return result.status ?? 1;
}

/** Runs npm the way it was run to get here, else the one on the PATH. */
export function runNpm(args) {
  const cli = process.env.npm_execpath;
  if (cli?.endsWith("npm-cli.js")) return runNode(cli, args);
  // On Windows npm is a script of the shell.
  const shell = process.platform === "win32";
  const result = spawnSync("npm", args, { cwd: root, stdio: ["ignore", 2, 2], shell });
  return result.status ?? 1;
}
