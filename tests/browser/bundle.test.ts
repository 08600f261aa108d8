import { expect, test } from "vitest";
import { compressedAssets, ensureDashboards } from "./built.ts";

test("all that the dashboards can ever load is below 600 kB compressed", async () => {
  await ensureDashboards();
  const sizes = compressedAssets();
  const total = [...sizes.values()].reduce((sum, bytes) => sum + bytes, 0);
  console.info(`bundle: ${sizes.size} files, ${(total / 1000).toFixed(0)} kB compressed`);
  expect([...sizes.keys()].some((name) => name.endsWith(".js"))).toBe(true);
  expect(total).toBeLessThan(600_000);
}, 120_000);
