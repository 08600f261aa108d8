/**
 * When more contacts come than on the other side, and when fewer: the mean number offered now less that
 * there, in each quarter of an hour of each weekday. Blue is fewer and orange more, which
 * every colour blindness tells apart; on grey paper a dash marks fewer.
 */

import type { EChartsOption } from "echarts";
import type { VolumeRow } from "../api/types.ts";
import { relativeChange } from "./change.ts";
import type { ChartSetting } from "./setting.ts";
import {
  cellTooltip,
  openMinutes,
  type VolumeHeatMapInput,
  volumeHeatMap,
} from "./volume-heat-map.ts";

export interface VolumeChangeInput extends VolumeHeatMapInput {
  /** The other side, cell by cell as `rows`. */
  readonly against: readonly VolumeRow[];
}

/** So small a difference is not stretched over all colours. */
const LEAST_SCALE = 0.5;
/** Of the scale: a cell that hardly differs has hardly a colour, and no dash either. */
const LEAST_DASH = 0.1;
const DASH = "–";

/** Now less there of each cell that is drawn, in the order of the rows. */
export function cellChanges({ rows, against, opening, intervalMinutes }: VolumeChangeInput) {
  const open = new Set(openMinutes(opening ?? rows, intervalMinutes));
  const others = new Map(against.map((row) => [`${row.weekday} ${row.minute}`, row]));
  return rows
    .filter((row) => row.days > 0 && open.has(row.minute))
    .map((row) => {
      const other = others.get(`${row.weekday} ${row.minute}`);
      const known = other !== undefined && other.days > 0;
      return { row, other, change: known ? row.offered - other.offered : null };
    });
}

export function volumeChangeMap(input: VolumeChangeInput, setting: ChartSetting): EChartsOption {
  const { t, formats, tokens } = setting;
  const level = volumeHeatMap(input, setting);
  const minutes = openMinutes(input.opening ?? input.rows, input.intervalMinutes);
  const column = new Map(minutes.map((minute, index) => [minute, index]));
  const cells = cellChanges(input);
  const most = Math.max(LEAST_SCALE, ...cells.map(({ change }) => Math.abs(change ?? 0)));
  const written = formats.number(most, 1);
  return {
    ...level,
    tooltip: {
      ...level.tooltip,
      formatter: (parameters) => {
        const index = Array.isArray(parameters) ? parameters[0]?.dataIndex : parameters.dataIndex;
        const cell = cells[index ?? -1];
        return cell === undefined ? "" : changeTooltip(cell, input.intervalMinutes, setting);
      },
    },
    visualMap: {
      type: "continuous",
      min: -most,
      max: most,
      orient: "horizontal",
      left: 48,
      bottom: 0,
      itemWidth: 10,
      itemHeight: 160,
      text: [`+${written} ${t("chart.more")}`, `−${written} ${t("chart.fewer")}`],
      textStyle: { color: tokens.muted },
      inRange: { color: [...tokens.change] },
    },
    series: [
      {
        type: "heatmap",
        id: "cells",
        data: cells.map(({ row, change }) => ({
          // A cell of which one side is not known has no colour.
          value: [column.get(row.minute) ?? 0, row.weekday - 1, change ?? "-"],
          label: {
            show: change !== null && change < -LEAST_DASH * most,
            formatter: DASH,
            color: Math.abs(change ?? 0) > most * 0.6 ? tokens.surface : tokens.text,
          },
        })),
        itemStyle: { borderColor: tokens.surface, borderWidth: 1 },
        emphasis: { itemStyle: { borderColor: tokens.text } },
      },
    ],
  } as EChartsOption;
}

type Cell = ReturnType<typeof cellChanges>[number];

function changeTooltip({ row, other, change }: Cell, interval: number, setting: ChartSetting) {
  const { t, formats } = setting;
  if (other === undefined || change === null) return cellTooltip(row, interval, setting);
  const size = formats.number(Math.abs(change), 1);
  const sign = change > 0 ? "+" : change < 0 ? "−" : "";
  const relative = relativeChange(row.offered, other.offered, setting);
  const more = [
    { name: t("chart.changeOf"), value: `${sign}${size} (${relative})` },
    {
      name: t("compare.beforeOf", { metric: t("metric.offered") }),
      value: formats.number(other.offered, 1),
    },
  ];
  const days = { now: formats.number(row.days), against: formats.number(other.days) };
  return cellTooltip(row, interval, setting, { more, note: t("chart.daysBoth", days) });
}
