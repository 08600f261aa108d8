/** The files of this checkout, as far as they are ours: nothing installed, built or stored. */

import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));
const NOT_OURS = new Set([".git", "node_modules", "dist", "data", "coverage"]);
const TEXT = /\.(?:tsx?|mjs|md|json|sql|css|html|txt)$|^\.ci\/|^\.gitignore$/;

export interface RepositoryFile {
  readonly path: string;
  readonly text: string;
}

/** Every path, with forward slashes, folders too. */
export function repositoryPaths(folder = ""): string[] {
  return readdirSync(join(ROOT, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = folder === "" ? entry.name : `${folder}/${entry.name}`;
    if (folder === "" && NOT_OURS.has(entry.name)) return [];
    return entry.isDirectory() ? [path, ...repositoryPaths(path)] : [path];
  });
}

export function repositoryTexts(paths: readonly string[]): RepositoryFile[] {
  return paths
    .filter((path) => TEXT.test(path))
    .map((path) => ({ path, text: readFileSync(join(ROOT, path), "utf8") }));
}
