/**
 * Draws an option: starts ECharts when it is first needed, follows the size, and cleans up. Marks that
 * lead to rows are clicked, walked with the arrow keys, and picked several at a time with the pointer.
 */

import type { EChartsOption } from "echarts";
import type { ECharts } from "echarts/core";
import { type RefObject, useEffect, useLayoutEffect, useMemo, useRef } from "react";
import { isPrinting, usePrinting } from "../theme/printing.ts";
import type { ChartMarks } from "./chart-marks.ts";
import { listenToMarks } from "./chart-pointer.ts";
import { MarkWalk, SelectSeveral } from "./chart-walk.tsx";
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

/** Brushing over a stretch of the first axis picks what lies in it. There is no toolbox. */
function withBrush(option: EChartsOption): EChartsOption {
  return {
    ...option,
    toolbox: { show: false, feature: { brush: { type: ["lineX"] } } },
    brush: { xAxisIndex: 0, transformable: false, throttleType: "debounce", throttleDelay: 0 },
  };
}

interface ChartProps {
  readonly option: EChartsOption;
  readonly height: number;
  readonly marks?: ChartMarks;
}

export function Chart({ option: given, height, marks }: ChartProps) {
  const holder = useRef<HTMLDivElement>(null);
  const chart = useRef<ECharts | null>(null);
  const brushed = marks?.openSeveral !== undefined;
  const option = useMemo(() => (brushed ? withBrush(given) : given), [given, brushed]);
  const printing = usePrinting();
  const latest = useRef({ option, marks });
  latest.current = { option: printing ? onPaper(option) : option, marks };
  useChartInCard();
  useEngine(holder, chart, latest, height);

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

  const picture = <div ref={holder} className="chart" style={{ height }} />;
  if (marks === undefined) return picture;
  return (
    <MarkWalk chart={chart} option={option} marks={marks}>
      {brushed && <SelectSeveral chart={chart} />}
      {picture}
    </MarkWalk>
  );
}

interface Latest {
  readonly option: EChartsOption;
  readonly marks: ChartMarks | undefined;
}

/** Starts ECharts in the holder, and ends it with the component. */
function useEngine(
  holder: RefObject<HTMLDivElement | null>,
  chart: RefObject<ECharts | null>,
  latest: RefObject<Latest>,
  height: number,
): void {
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
      listenToMarks(started, () => latest.current);
      started.setOption(latest.current.option, { notMerge: true });
      sizes.observe(element);
    });
    return () => {
      disposed = true;
      sizes.disconnect();
      chart.current?.dispose();
      chart.current = null;
    };
  }, [holder, chart, latest, height]);
}
