/** Marks at equal steps: few are left as they are, many keep both ends. */

import { expect, it } from "vitest";
import { thinned } from "../../../dashboards/charts/thinned.ts";

it("leaves few as they are", () => {
  const items = [3, 1, 2];
  expect(thinned(items, 3)).toBe(items);
});

it("takes many at equal steps, both ends among them", () => {
  const items = Array.from({ length: 1001 }, (_, place) => place);
  expect(thinned(items, 11)).toEqual([0, 100, 200, 300, 400, 500, 600, 700, 800, 900, 1000]);
});
