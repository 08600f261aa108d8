/** Rules about any text: links that lead somewhere, no machine's own paths, no secrets. */

import { posix } from "node:path";

interface Text {
  readonly path: string;
  readonly text: string;
}

function* lines({ path, text }: Text): Generator<[line: string, place: string]> {
  for (const [index, line] of text.split("\n").entries()) yield [line, `${path}:${index + 1}`];
}

const LINK = /\[[^\]]*\]\(([^)\s]+)[^)]*\)|<(?:img|a)\b[^>]*?(?:src|href)="([^"]+)"/g;

/** Relative links of a Markdown file whose target `exists` does not know. */
export function deadLinks(file: Text, exists: (path: string) => boolean): string[] {
  const dead: string[] = [];
  for (const [line, place] of lines(file)) {
    for (const [, plain, tagged] of line.matchAll(LINK)) {
      const link = plain ?? tagged ?? "";
      if (/^(?:[a-z]+:|#|\/)/i.test(link)) continue;
      const target = posix.join(posix.dirname(file.path), decodeURI(link.replace(/[#?].*$/, "")));
      if (!exists(target)) dead.push(`${place}: ${link} leads nowhere`);
    }
  }
  return dead;
}

/** An absolute path: the slash before it does not go on from another name. */
const MACHINE = /(?<![\w.*~)}\]/-])\/(work|home|root|tmp)\//g;

export function machinePaths(file: Text): string[] {
  return [...lines(file)].flatMap(([line, place]) =>
    [...line.matchAll(MACHINE)]
      .filter(([, folder]) => folder !== "tmp" || !file.path.startsWith("tests/"))
      .map(([found]) => `${place}: ${found}`),
  );
}

const SECRETS: Readonly<Record<string, RegExp>> = {
  "private key": /-----BEGIN [A-Z ]*PRIVATE KEY-----/,
  "cloud key": /\b(?:AKIA|ASIA)[0-9A-Z]{16}\b/,
  "token of a forge": /\b(?:gh[pousr]_[A-Za-z0-9]{36,}|glpat-[\w-]{20,}|npm_[A-Za-z0-9]{36})\b/,
  "access token": /\bmst_[\w-]{43}\b/,
  "chat token": /\bxox[abprs]-[\w-]{10,}/,
  "password in an address": /\b[a-z]+:\/\/\w+:(?!password@|secret@|\$)[^\s:@/"'`$]{6,}@/,
};

/** Tests make up passwords, to see them kept out of messages. */
const MADE_UP_IN_TESTS = "password in an address";

export function secrets(file: Text): string[] {
  const kinds = Object.entries(SECRETS).filter(
    ([what]) => what !== MADE_UP_IN_TESTS || !file.path.startsWith("tests/"),
  );
  return [...lines(file)].flatMap(([line, place]) =>
    kinds.filter(([, pattern]) => pattern.test(line)).map(([what]) => `${place}: a ${what}`),
  );
}

/** Addresses in the lock file that are not of the public registry: they work on one network only. */
export function privateHosts({ path, text }: Text): string[] {
  return [...text.matchAll(/"resolved":\s*"([^"]*)"/g)]
    .map(([, address]) => address ?? "")
    .filter((address) => !address.startsWith("https://registry.npmjs.org/"))
    .map((address) => `${path}: ${address}`);
}
