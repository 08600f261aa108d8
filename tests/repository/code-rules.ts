/** Rules about code: what the domain may not do, what nobody may, and how long things may get. */

import { layerOf } from "./arrows.ts";
import { dottedName, isNode, lineAt, lineOf, type Node, type Source, walk } from "./source.ts";

const FUNCTIONS = ["FunctionDeclaration", "FunctionExpression", "ArrowFunctionExpression"];

const LONGEST_FILE = 400;
const LONGEST_TEST_FILE = 600;
const LONGEST_FUNCTION = 70;
const LONGEST_LINE = 100;
/** Comments and texts are wrapped by hand, and need not be again for one word. */
const LONGEST_TEXT_LINE = 110;

/** No I/O, no clock, no unseeded chance, no waiting: what would make a domain function impure. */
export function impurities(source: Source): string[] {
  const faults = source.imports
    .filter(({ from }) => from.startsWith("node:"))
    .map(({ from, line }) => `${source.path}:${line}: ${from} in the domain`);
  for (const [node, above] of walk(source.program)) {
    const what = impurity(node, above.at(-1));
    if (what !== null) faults.push(`${source.path}:${lineOf(source, node)}: ${what} in the domain`);
  }
  return faults;
}

function impurity(node: Node, parent: Node | undefined): string | null {
  if (FUNCTIONS.includes(node.type) && node.async === true) return "async";
  if (node.type === "AwaitExpression" || (node.type === "ForOfStatement" && node.await === true)) {
    return "await";
  }
  if (isCall(node, "Date.now")) return "Date.now()";
  if (isCall(node, "performance.now")) return "performance.now()";
  if (isCall(node, "Math.random")) return "Math.random()";
  if (isCall(node, "fetch")) return "fetch";
  const isDate = dottedName(node.callee) === "Date";
  if (node.type === "NewExpression" && isDate && isEmpty(node.arguments)) return "new Date()";
  if (node.type === "CallExpression" && isDate) return "Date()";
  const isName = node.type === "Identifier" && node.name === "process";
  // `process` as a key or a property of something else is a word like any other.
  const isKey = parent !== undefined && (parent.property === node || parent.key === node);
  return isName && !isKey ? "process" : null;
}

const isCall = (node: Node, name: string): boolean =>
  node.type === "CallExpression" && dottedName(node.callee) === name;

const isEmpty = (list: unknown): boolean => Array.isArray(list) && list.length === 0;

/** `any`, silenced compilers, things left to do, files that only pass on other files. */
export function untidiness(source: Source): string[] {
  const faults: string[] = [];
  for (const [node] of walk(source.program)) {
    if (node.type === "TSAnyKeyword") faults.push(`${source.path}:${lineOf(source, node)}: any`);
  }
  for (const { value, line } of source.comments) {
    const found = /@ts-(?:ignore|nocheck)|\b(?:TODO|FIXME)\b/.exec(value);
    if (found !== null) faults.push(`${source.path}:${line}: ${found[0]}`);
  }
  const body = source.program.body as readonly Node[];
  const passesOn = body.filter(
    (node) => /^Export(?:All|Named)Declaration$/.test(node.type) && isNode(node.source),
  );
  const rest = body.filter((node) => !passesOn.includes(node) && node.type !== "ImportDeclaration");
  if (passesOn.length > 0 && rest.length === 0) faults.push(`${source.path}:1: a barrel file`);
  return faults;
}

/** Files, functions and lines that are too long. */
export function lengths(source: Source): string[] {
  const { path, text } = source;
  const isTest = path.startsWith("tests/");
  const count = text.split("\n").length - (text.endsWith("\n") ? 1 : 0);
  const faults: string[] = [];
  const most = isTest ? LONGEST_TEST_FILE : LONGEST_FILE;
  if (count > most) faults.push(`${path}: ${count} lines, more than ${most}`);
  if (path.startsWith("src/")) faults.push(...longLines(source));
  if (isTest) return faults;
  for (const [node] of walk(source.program)) {
    if (!FUNCTIONS.includes(node.type)) continue;
    const span = lineAt(text, node.end) - lineAt(text, node.start) + 1;
    if (span > LONGEST_FUNCTION) {
      faults.push(`${path}:${lineAt(text, node.start)}: a function of ${span} lines`);
    }
  }
  return faults;
}

function longLines(source: Source): string[] {
  const { path, text, comments } = source;
  const faults: string[] = [];
  let start = 0;
  for (const [index, line] of text.split("\n").entries()) {
    const over = start + LONGEST_LINE;
    start += line.length + 1;
    if (line.length <= LONGEST_LINE) continue;
    const holds = ({ start, end }: { start: number; end: number }) => start <= over && over < end;
    const comment = comments.find(holds);
    const isText = comment !== undefined || textsOf(source).some(holds);
    // An example is run, and is one line for that.
    const isExample = comment?.value.includes("@example") === true && !/^ \* [A-Z]/.test(line);
    if (isExample || (isText && line.length <= LONGEST_TEXT_LINE)) continue;
    faults.push(`${path}:${index + 1}: ${line.length} characters`);
  }
  return faults;
}

/** The literals of text, SQL among them. */
function textsOf(source: Source): Node[] {
  return [...walk(source.program)]
    .map(([node]) => node)
    .filter((node) => node.type === "TemplateLiteral" || typeof node.value === "string");
}

/** The client that plays the demo's agents is a process of its own: this is its main. */
const OTHER_MAINS = ["seeds/play-agents.ts"];

/** The environment is read in main and config alone, and handed on from there. */
export function environmentReads(source: Source): string[] {
  const layer = layerOf(source.path);
  if (layer === "main" || layer === "config" || OTHER_MAINS.includes(source.path)) return [];
  return [...walk(source.program)]
    .filter(([node]) => dottedName(node) === "process.env")
    .map(([node]) => `${source.path}:${lineOf(source, node)}: process.env`);
}
