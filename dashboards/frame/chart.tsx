/** Draws an option: starts ECharts when it is first needed, follows the size, and cleans up. */

import type { EChartsOption } from "echarts";
import type { ECharts } from "echarts/core";
import { useEffect, useRef } from "react";

const engine = () => import("../charts/engine.ts");

/** Fetches the chart engine ahead of the first chart. */
export function preloadCharts(): void {
  void engine();
}

let firstDrawn = false;

/** Tests and people measure from here: the first chart stands on the screen. */
function markFirstChart(): void {
  if (firstDrawn) return;
  firstDrawn = true;
  performance.mark("first-chart");
}

interface ChartProps {
  readonly option: EChartsOption;
  readonly height: number;
  /** Called with the index of the mark that was clicked, in the first series that has one. */
  readonly onMark?: (seriesId: string, dataIndex: number) => void;
}

export function Chart({ option, height, onMark }: ChartProps) {
  const holder = useRef<HTMLDivElement>(null);
  const chart = useRef<ECharts | null>(null);
  const latest = useRef({ option, onMark });
  latest.current = { option, onMark };

  useEffect(() => {
    const element = holder.current;
    if (element === null) return;
    let disposed = false;
    const sizes = new ResizeObserver(() => chart.current?.resize());
    void engine().then(({ startChart }) => {
      if (disposed) return;
      const started = startChart(element);
      chart.current = started;
      started.on("finished", markFirstChart);
      started.on("click", ({ seriesId, dataIndex }) =>
        latest.current.onMark?.(seriesId ?? "", dataIndex),
      );
      started.setOption(latest.current.option, { notMerge: true });
      sizes.observe(element);
    });
    return () => {
      disposed = true;
      sizes.disconnect();
      chart.current?.dispose();
      chart.current = null;
    };
  }, []);

  useEffect(() => {
    chart.current?.setOption(option, { notMerge: true });
  }, [option]);

  return <div ref={holder} className="chart" style={{ height }} />;
}
