/**
 * Notes on days, over any chart that has time along the bottom: a thin line with a small flag where a
 * note begins, a pale band to where it ends, and its text in the tooltip of the days that it touches.
 * What people wrote is text, never markup.
 */

import type { EChartsOption, LineSeriesOption, SeriesOption } from "echarts";
import type { Annotation } from "../api/notes.ts";
import { addDays, endOf, type Grain } from "../frame/periods.ts";
import type { Formats } from "../i18n/formats.ts";
import { instantOf } from "./axes.ts";
import type { ChartSetting } from "./setting.ts";
import { escapeHtml } from "./tooltip.ts";

export type Note = Pick<Annotation, "id" | "from" | "to" | "text">;

/** The days, weeks or months along the bottom, in order, each by its first day. */
export interface ChartTimes {
  /** An axis of instants, or of one place a time. */
  readonly axis: "time" | "category";
  readonly starts: readonly string[];
  readonly grain: Grain;
}

/** A pole and its flag. */
const FLAG = "path://M0 0h9l-2.5 3l2.5 3h-9z";

/** The notes that touch any of the times, the earliest first. */
export function notesWithin(notes: readonly Note[], { starts, grain }: ChartTimes): Note[] {
  const [first] = starts;
  const last = starts.at(-1);
  if (first === undefined || last === undefined) return [];
  const end = endOf(last, grain);
  return notes
    .filter(({ from, to }) => from < end && to > first)
    .sort((one, other) => (one.from < other.from ? -1 : 1));
}

/** The notes on one of the times. */
export function notesAt(notes: readonly Note[], times: ChartTimes, index: number): Note[] {
  const start = times.starts[index];
  return start === undefined ? [] : notesWithin(notes, { ...times, starts: [start] });
}

/** The days of a note, and the first of them that it is on. */
export function noteDays({ from, to }: Pick<Note, "from" | "to">, formats: Formats): string {
  const last = addDays(to, -1);
  return from === last ? formats.day(from) : `${formats.day(from)} – ${formats.day(last)}`;
}

/** The chart with the notes over it; the very same chart where there are none. */
export function withAnnotations(
  option: EChartsOption,
  notes: readonly Note[],
  times: ChartTimes,
  setting: ChartSetting,
): EChartsOption {
  const within = notesWithin(notes, times);
  if (within.length === 0) return option;
  const drawn: readonly (SeriesOption | undefined)[] = Array.isArray(option.series)
    ? option.series
    : [option.series];
  // Last: tooltips and marks that are clicked look at the first series.
  const series = [
    ...drawn.filter((one) => one !== undefined),
    annotationSeries(within, times, setting),
  ];
  return { ...option, series, ...withNotesInTooltip(option, within, times, setting) };
}

/** A series without points, which carries lines and bands. */
function annotationSeries(
  notes: readonly Note[],
  times: ChartTimes,
  { tokens }: ChartSetting,
): LineSeriesOption {
  const places = notes.map((note) => ({
    begin: placeOf(note.from, times),
    end: placeOf(addDays(note.to, -1), times),
  }));
  return {
    type: "line",
    id: "annotations",
    data: [],
    silent: true,
    markLine: {
      silent: true,
      symbol: ["none", FLAG],
      symbolSize: [9, 6],
      symbolRotate: 0,
      symbolOffset: [4, 3],
      label: { show: false },
      lineStyle: { type: "solid", width: 1, color: tokens.text },
      itemStyle: { color: tokens.text },
      data: places.map(({ begin }) => ({ xAxis: begin })),
    },
    markArea: {
      silent: true,
      itemStyle: { color: tokens.text, opacity: 0.07 },
      data: places
        .filter(({ begin, end }) => end > begin)
        .map(({ begin, end }) => [{ xAxis: begin }, { xAxis: end }]),
    },
  };
}

/** Where a day stands on the axis; what lies beyond its ends stands at them. */
function placeOf(day: string, { axis, starts }: ChartTimes): number {
  if (axis === "time") {
    const clamped = [starts[0] ?? day, day, starts.at(-1) ?? day].sort()[1] ?? day;
    return instantOf(clamped);
  }
  return Math.max(
    0,
    starts.findLastIndex((start) => start <= day),
  );
}

type Formatter = (parameters: unknown, ...rest: unknown[]) => unknown;

function withNotesInTooltip(
  { tooltip }: EChartsOption,
  notes: readonly Note[],
  times: ChartTimes,
  setting: ChartSetting,
): Pick<EChartsOption, "tooltip"> {
  if (tooltip === undefined || Array.isArray(tooltip)) return {};
  const { formatter } = tooltip;
  if (typeof formatter !== "function") return {};
  const written: Formatter = (parameters, ...rest) => {
    const before = String((formatter as Formatter)(parameters, ...rest));
    const first: unknown = Array.isArray(parameters) ? parameters[0] : parameters;
    const index = (first as { dataIndex?: number } | undefined)?.dataIndex ?? -1;
    return before + notesHtml(notesAt(notes, times, index), setting);
  };
  return { tooltip: { ...tooltip, formatter: written as typeof formatter } };
}

/** Each in a direction of its own: a text that runs from right to left turns nothing beside it. */
function notesHtml(notes: readonly Note[], { formats }: ChartSetting): string {
  if (notes.length === 0) return "";
  const lines = notes.map(
    (note) =>
      `<li><b>${escapeHtml(noteDays(note, formats))}</b> <bdi>${escapeHtml(note.text)}</bdi></li>`,
  );
  return `<ul class="tip-notes">${lines.join("")}</ul>`;
}
