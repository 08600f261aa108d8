/** The pointer on a chart: a click on a mark or in its column opens its rows, a brush those of several. */

import type { EChartsOption } from "echarts";
import type { ECharts } from "echarts/core";
import { along, type ChartMarks, marksWithin, nearestMark, walkedSeries } from "./chart-marks.ts";

interface Shown {
  readonly option: EChartsOption;
  readonly marks: ChartMarks | undefined;
}

interface Place {
  readonly offsetX: number;
  readonly offsetY: number;
}

/** A brush as ECharts tells of it: where it lies on the axis. */
interface Brushed {
  readonly areas?: readonly { readonly coordRange?: readonly unknown[] }[];
}

/** Begins to listen; what is shown is asked for at each event. It ends with the chart. */
export function listenToMarks(chart: ECharts, shown: () => Shown): void {
  let hit = false;
  chart.on("click", ({ componentType, seriesId, dataIndex }) => {
    if (componentType !== "series" || typeof dataIndex !== "number") return;
    hit = true;
    shown().marks?.open(seriesId ?? null, dataIndex);
  });
  chart.getZr().on("click", (place: Place) => {
    // The click on a mark itself was told of before.
    if (!hit) openColumn(chart, shown(), place);
    hit = false;
  });
  chart.on("brushEnd", (event) => {
    const { option, marks } = shown();
    const range = (event as Brushed).areas?.[0]?.coordRange;
    endBrush(chart);
    const [first] = walkedSeries(option, marks?.series ?? []);
    const [from, to] = range ?? [];
    if (first === undefined || typeof from !== "number" || typeof to !== "number") return;
    const within = marksWithin(first, [from, to]);
    if (within.length > 0) marks?.openSeveral?.(within);
  });
}

/** Where the tooltip tells of a whole column, a click anywhere in it means that column. */
function openColumn(chart: ECharts, { option, marks }: Shown, place: Place): void {
  const tooltip = Array.isArray(option.tooltip) ? option.tooltip[0] : option.tooltip;
  if (marks === undefined || tooltip?.trigger !== "axis") return;
  const grids = Array.isArray(option.grid) ? option.grid : [option.grid];
  const point = [place.offsetX, place.offsetY];
  const gridIndex = grids.findIndex((_, grid) => chart.containPixel({ gridIndex: grid }, point));
  if (gridIndex < 0) return;
  const at = chart.convertFromPixel({ gridIndex }, point)[0] ?? 0;
  const [nearest] = walkedSeries(option, marks.series)
    .flatMap((series) => {
      const index = nearestMark(series, at);
      return index === null ? [] : { index, away: Math.abs(along(series, index) - at) };
    })
    .sort((one, other) => one.away - other.away);
  if (nearest !== undefined) marks.open(null, nearest.index);
}

export function startBrush(chart: ECharts): void {
  const brushOption = { brushType: "lineX", brushMode: "single" };
  chart.dispatchAction({ type: "takeGlobalCursor", key: "brush", brushOption });
}

export function endBrush(chart: ECharts): void {
  chart.dispatchAction({ type: "brush", areas: [] });
  const brushOption = { brushType: false };
  chart.dispatchAction({ type: "takeGlobalCursor", key: "brush", brushOption });
}
