/** Knots of imports: files that can be reached from themselves (Tarjan's components). */

import { resolved } from "./arrows.ts";
import type { Source } from "./source.ts";

/** Every knot, its files in order. Imports of types count as well. */
export function cyclesOf(sources: readonly Source[]): string[][] {
  const known = new Set(sources.map((source) => source.path));
  const next = new Map(
    sources.map(({ path, imports }) => [
      path,
      imports
        .filter(({ from }) => from.startsWith("."))
        .map(({ from }) => resolved(path, from))
        .filter((target) => known.has(target)),
    ]),
  );
  const number = new Map<string, number>();
  const low = new Map<string, number>();
  const stack: string[] = [];
  const knots: string[][] = [];
  const visit = (path: string): void => {
    number.set(path, number.size);
    low.set(path, number.get(path) as number);
    stack.push(path);
    for (const target of next.get(path) ?? []) {
      if (!number.has(target)) visit(target);
      // Off the stack it belongs to a component that is closed already.
      const reach = stack.includes(target) ? (low.get(target) as number) : Infinity;
      low.set(path, Math.min(low.get(path) as number, reach));
    }
    if (low.get(path) !== number.get(path)) return;
    const knot = stack.splice(stack.indexOf(path)).sort();
    if (knot.length > 1 || next.get(path)?.includes(path)) knots.push(knot);
  };
  for (const path of next.keys()) if (!number.has(path)) visit(path);
  return knots;
}
