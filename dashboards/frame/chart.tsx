/** Draws an option: starts ECharts when it is first needed, follows the size, and cleans up. */

import type { EChartsOption } from "echarts";
import type { ECharts } from "echarts/core";
import { useEffect, useLayoutEffect, useRef } from "react";
import { isPrinting, usePrinting } from "../theme/printing.ts";
import { useChartInCard } from "./sheet-context.ts";

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

/** A sheet of A4 or Letter between its margins is this wide. */
const PAPER_PIXELS = 690;
/** Lower pictures stand in a line of text or a row, and keep their size. */
const LOWEST_OWN_PIXELS = 100;

function fitTo(chart: ECharts, height: number): void {
  const paper = isPrinting() && height >= LOWEST_OWN_PIXELS;
  chart.resize(paper ? { width: PAPER_PIXELS } : { width: "auto" });
}

/** On paper nothing moves, and areas have patterns besides their colours. */
function onPaper(option: EChartsOption): EChartsOption {
  const aria = Array.isArray(option.aria) ? option.aria[0] : option.aria;
  return { ...option, animation: false, aria: { ...aria, enabled: true, decal: { show: true } } };
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
  const printing = usePrinting();
  const drawn = printing ? onPaper(option) : option;
  latest.current = { option: drawn, onMark };
  useChartInCard();

  useEffect(() => {
    const element = holder.current;
    if (element === null) return;
    let disposed = false;
    const sizes = new ResizeObserver(() => {
      if (chart.current !== null) fitTo(chart.current, height);
    });
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
  }, [height]);

  useEffect(() => {
    if (!printing) chart.current?.setOption(option, { notMerge: true });
  }, [option, printing]);

  useLayoutEffect(() => {
    const started = chart.current;
    if (!printing || started === null) return;
    started.setOption(onPaper(option), { notMerge: true });
    fitTo(started, height);
    started.getZr().flush();
    return () => started.resize({ width: "auto" });
  }, [option, printing, height]);

  return <div ref={holder} className="chart" style={{ height }} />;
}
