/** Rules about tests: each says something, each has its own name, none is switched off by hand. */

import { dottedName, lineOf, literalText, type Node, type Source, walk } from "./source.ts";

const TESTS = /^(?:it|test)(?:\.|$)/;
const GROUPS = /^describe(?:\.|$)/;

/** The dotted name of what is called, through `it.each(...)(...)` and `it.skipIf(...)(...)`. */
function calledName(node: Node): string | null {
  const callee = node.callee as Node | undefined;
  if (node.type !== "CallExpression" || callee === undefined) return null;
  if (callee.type === "CallExpression") return calledName(callee);
  if (callee.type === "TaggedTemplateExpression") return dottedName(callee.tag);
  return dottedName(callee);
}

export function testFaults(source: Source): string[] {
  const faults: string[] = [];
  const names = new Set<string>();
  let asserts = false;
  for (const [node, above] of walk(source.program)) {
    const called = calledName(node);
    if (called === null) continue;
    if (/^(?:expect|assert|expectTypeOf)(?:\.|$)/.test(called)) asserts = true;
    if (!TESTS.test(called) && !GROUPS.test(called)) continue;
    const place = `${source.path}:${lineOf(source, node)}`;
    const off = /\.(?:skip|only|todo)\b/.exec(called);
    // The call inside `it.skip.each(...)(...)` is seen too; one report is enough.
    if (off !== null && above.at(-1)?.callee !== node) faults.push(`${place}: ${called}`);
    const name = literalText((node.arguments as readonly unknown[])[0]);
    if (!TESTS.test(called) || name === null) continue;
    const full = [...groupsAround(above), name].join(" > ");
    if (names.has(full)) faults.push(`${place}: a second test named "${full}"`);
    names.add(full);
  }
  if (!asserts) faults.push(`${source.path}: expects nothing`);
  return faults;
}

function groupsAround(above: readonly Node[]): string[] {
  return above
    .filter((node) => GROUPS.test(calledName(node) ?? ""))
    .map((node) => literalText((node.arguments as readonly unknown[])[0]) ?? "");
}
