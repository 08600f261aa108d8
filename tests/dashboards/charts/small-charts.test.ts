import { expect, test } from "vitest";
import { occupancy } from "../../../dashboards/charts/occupancy.ts";
import { sparkline } from "../../../dashboards/charts/sparkline.ts";
import { drawn, pictureOf, SETTING, seriesOf, tooltipAt } from "./drawing.ts";

const POINTS = [
  { label: "1 Jun", occupancy: 0.71, handled: 1240 },
  { label: "2 Jun", occupancy: null, handled: 0 },
  { label: "3 Jun", occupancy: 0.64, handled: 1105 },
];
const OCCUPANCY = occupancy({ points: POINTS, description: "Occupancy." }, SETTING);

test("occupancy: bars from zero to 100 %, a day without signed-on time is a gap", () => {
  expect(seriesOf(OCCUPANCY, "occupancy").data).toEqual([0.71, null, 0.64]);
  const { min, max } = OCCUPANCY.yAxis as { min: number; max: (extent: { max: number }) => number };
  expect([min, max({ max: 0.71 }), max({ max: 1.2 })]).toEqual([0, 1, 1.2]);
  expect(tooltipAt(OCCUPANCY, 0)).toContain("71.0%");
  expect(tooltipAt(OCCUPANCY, 0)).toContain("1,240");
  expect(tooltipAt(OCCUPANCY, 1)).toContain("<td>–</td>");
});

test("a sparkline's top is given, so that queues can be compared", () => {
  const option = sparkline({ counts: [0, 2, 1], most: 5, description: "Queue." }, SETTING);
  expect(option.yAxis).toMatchObject({ min: 0, max: 5, show: false });
  expect(seriesOf(option, "minutes").data).toEqual([0, 2, 1]);
  const empty = sparkline({ counts: [0, 0], most: 0, description: "Queue." }, SETTING);
  expect(empty.yAxis).toMatchObject({ max: 1 });
});

test("drawn", async () => {
  await expect(drawn(OCCUPANCY)).toMatchFileSnapshot(pictureOf("occupancy"));
  const counts = Array.from({ length: 60 }, (_, minute) => (minute * 7) % 5);
  const option = sparkline({ counts, most: 5, description: "Queue." }, SETTING);
  await expect(drawn(option, 240, 28)).toMatchFileSnapshot(pictureOf("sparkline"));
});
