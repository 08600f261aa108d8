/** The last hour of a queue, a bar a minute: shape only, the figure stands beside it. */

import type { EChartsOption } from "echarts";
import { chartBase } from "./axes.ts";
import type { ChartSetting } from "./setting.ts";

export interface SparklineInput {
  /** Oldest first. */
  readonly counts: readonly number[];
  /** The top of the scale, the same for all queues, so that they can be compared. */
  readonly most: number;
  readonly description: string;
}

export function sparkline({ counts, most, description }: SparklineInput, setting: ChartSetting) {
  const option: EChartsOption = {
    ...chartBase(setting, description),
    grid: { left: 0, right: 0, top: 1, bottom: 1 },
    xAxis: {
      type: "category",
      // The line tells where the hour begins when little of it was busy.
      axisLine: { lineStyle: { color: setting.tokens.line } },
      axisTick: { show: false },
      axisLabel: { show: false },
      data: counts.map((_, minute) => String(minute)),
    },
    yAxis: { type: "value", show: false, min: 0, max: Math.max(1, most) },
    series: [
      {
        type: "bar",
        id: "minutes",
        silent: true,
        barCategoryGap: "20%",
        data: [...counts],
        itemStyle: { color: setting.tokens.accent },
      },
    ],
  };
  return option;
}
