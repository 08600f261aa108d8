/** Runs a shell pipe over a file of the real data: the other program that our figures must agree with. */

import { execFileSync } from "node:child_process";
import { realFile } from "../support/real-data.ts";

/** `program` reads the text of the file, unpacked where it is packed; `$0` is never its own name. */
export function shell(file: string, program: string): string {
  const cat = file.endsWith(".gz") ? "zcat" : "cat";
  const words = ["-c", `${cat} "$0" | ${program}`, realFile(file)];
  return execFileSync("sh", words, { maxBuffer: 1 << 26 })
    .toString()
    .trim();
}

/** Lines of the program's answer, each split at blanks. */
export function shellTable(file: string, program: string): string[][] {
  return shell(file, program)
    .split("\n")
    .map((line) => line.split(" "));
}
