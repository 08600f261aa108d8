/** A source file as the rules see it: its text, its tree, its comments, and what it imports. */

import { parseSync } from "vite";

export interface Import {
  readonly from: string;
  readonly line: number;
  /** Nothing of it is left at run time. */
  readonly typeOnly: boolean;
}

export interface Comment {
  readonly value: string;
  readonly line: number;
  readonly start: number;
  readonly end: number;
}

export interface Source {
  /** From the root of the repository, with forward slashes. */
  readonly path: string;
  readonly text: string;
  readonly program: Node;
  readonly comments: readonly Comment[];
  readonly imports: readonly Import[];
}

/** A node of the tree (ESTree with TypeScript's), as far as rules look into it. */
export interface Node {
  readonly type: string;
  readonly start: number;
  readonly end: number;
  readonly [key: string]: unknown;
}

export function parseSource(path: string, text: string): Source {
  const lang = path.endsWith(".tsx") ? "tsx" : path.endsWith(".ts") ? "ts" : "js";
  const { program, comments, errors } = parseSync(path, text, { lang, sourceType: "module" });
  if (errors.length > 0) throw new Error(`${path}: ${errors[0]?.message}`);
  const tree = program as unknown as Node;
  const placed = comments.map(({ value, start, end }) => ({
    value,
    line: lineAt(text, start),
    start,
    end,
  }));
  return { path, text, program: tree, comments: placed, imports: importsOf(tree, text) };
}

export function lineAt(text: string, offset: number): number {
  return text.slice(0, offset).split("\n").length;
}

export function lineOf(source: Source, node: Node): number {
  return lineAt(source.text, node.start);
}

/** Every node below one, itself first, each with the nodes it lies in, the nearest last. */
export function* walk(node: Node, above: readonly Node[] = []): Generator<[Node, readonly Node[]]> {
  yield [node, above];
  const around = [...above, node];
  for (const value of Object.values(node)) {
    for (const child of Array.isArray(value) ? value : [value]) {
      if (isNode(child)) yield* walk(child, around);
    }
  }
}

export function isNode(value: unknown): value is Node {
  return typeof value === "object" && value !== null && "type" in value && "start" in value;
}

/** The dotted name that a node spells: `Date.now`, `it.skip`; null where it is no plain name. */
export function dottedName(node: unknown): string | null {
  if (!isNode(node)) return null;
  if (node.type === "Identifier") return node.name as string;
  if (node.type !== "MemberExpression" || node.computed === true) return null;
  const left = dottedName(node.object);
  const right = dottedName(node.property);
  return left === null || right === null ? null : `${left}.${right}`;
}

/** The text of a plain string literal. */
export function literalText(node: unknown): string | null {
  return isNode(node) && typeof node.value === "string" ? node.value : null;
}

function importsOf(program: Node, text: string): Import[] {
  const imports: Import[] = [];
  for (const [node] of walk(program)) {
    const from = importedFrom(node);
    if (from === null) continue;
    imports.push({ from, line: lineAt(text, node.start), typeOnly: isTypeOnly(node) });
  }
  return imports;
}

function importedFrom(node: Node): string | null {
  switch (node.type) {
    case "ImportDeclaration":
    case "ExportAllDeclaration":
    case "ExportNamedDeclaration":
    case "ImportExpression":
    case "TSImportType":
      return literalText(node.source) ?? literalText(node.argument);
    default:
      return null;
  }
}

function isTypeOnly(node: Node): boolean {
  if (node.type === "TSImportType") return true;
  if (node.importKind === "type" || node.exportKind === "type") return true;
  const names = (node.specifiers ?? []) as readonly Node[];
  return (
    names.length > 0 &&
    names.every((name) => name.importKind === "type" || name.exportKind === "type")
  );
}
