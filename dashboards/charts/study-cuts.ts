/**
 * Would the method find as much where nothing happened? The fall at every earlier day as a hollow dot, and
 * the fall at the day on which the assistant came as a filled diamond.
 */

import type { EChartsOption } from "echarts";
import type { StudyCut } from "../api/studies.ts";
import { chartBase, dayAxis, instantOf, tooltipStyle, valueAxis } from "./axes.ts";
import type { ChartSetting } from "./setting.ts";
import { signedShare } from "./signed-share.ts";
import { tooltipTable } from "./tooltip.ts";

export interface CutsInput {
  readonly cuts: readonly StudyCut[];
  /** The day on which the days before end. */
  readonly day: string;
  readonly reduction: number | null;
}

type Told = StudyCut & { readonly reduction: number };

const isTold = (cut: StudyCut): cut is Told => cut.reduction !== null;

export function studyCuts({ cuts, day, reduction }: CutsInput, setting: ChartSetting) {
  const { t, formats, tokens } = setting;
  const earlier = cuts.filter(isTold);
  const own = [{ day, reduction }].filter(isTold);
  const pointsOf = (of: readonly Told[]) => of.map((cut) => [instantOf(cut.day), cut.reduction]);
  const tooltip = (of: readonly Told[], what: string) => ({
    formatter: (parameters: unknown) => {
      const { dataIndex } = parameters as { dataIndex: number };
      const cut = of[dataIndex];
      if (cut === undefined) return "";
      const value = signedShare(cut.reduction, formats, 1);
      return tooltipTable(`${formats.dayLong(cut.day)} · ${what}`, [
        { name: t("study.fallAxis"), value },
      ]);
    },
  });
  const middle = earlier[earlier.length >> 1];
  const labelled = [earlier[0], middle, own[0] ?? earlier.at(-1)].flatMap((cut) => cut?.day ?? []);
  const dots = { type: "line" as const, showSymbol: true, lineStyle: { opacity: 0 } };
  const option: EChartsOption = {
    ...chartBase(setting, descriptionOf(earlier, own, setting)),
    grid: { left: 48, right: 32, top: 36, bottom: 28 },
    tooltip: { ...tooltipStyle(setting), trigger: "item" },
    xAxis: { ...dayAxis(setting, [...new Set(labelled)]), boundaryGap: ["2%", "4%"] },
    yAxis: valueAxis(setting, t("study.fallAxis"), (value) => signedShare(value, formats)),
    series: [
      {
        ...{ ...dots, id: "earlier", data: pointsOf(earlier), symbol: "circle", symbolSize: 8 },
        itemStyle: { color: tokens.surface, borderColor: tokens.muted, borderWidth: 1.5 },
        tooltip: tooltip(earlier, t("study.earlierCut")),
        markLine: {
          ...{ silent: true, symbol: "none", label: { show: false } },
          lineStyle: { color: tokens.muted, type: "solid", width: 1 },
          data: [{ yAxis: 0 }],
        },
      },
      {
        ...{ ...dots, id: "own", data: pointsOf(own), symbol: "diamond", symbolSize: 14 },
        itemStyle: { color: tokens.accent },
        tooltip: tooltip(own, t("study.trueCut")),
        label: {
          ...{ show: true, position: "left", color: tokens.text, fontWeight: 600 },
          formatter: ({ dataIndex }: { dataIndex: number }) => {
            const cut = own[dataIndex];
            return cut === undefined ? "" : signedShare(cut.reduction, formats);
          },
        },
      },
    ],
  };
  return option;
}

function descriptionOf(
  earlier: readonly Told[],
  own: readonly Told[],
  { t, formats }: ChartSetting,
): string {
  const told = ({ day, reduction }: Told) =>
    `${formats.day(day)} ${signedShare(reduction, formats)}`;
  const parts = [
    `${t("study.trueCut")}: ${own.map(told).join("; ")}`,
    `${t("study.earlierCut")}: ${earlier.map(told).join("; ")}`,
  ];
  return [t("study.cutsAria"), ...parts].join(" ");
}
