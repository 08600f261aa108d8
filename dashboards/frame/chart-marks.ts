/**
 * The marks of a chart that lead to rows, and the way from one to the next with the arrow keys: along a
 * series, from a series to the next one, and over the cells of a heat map.
 */

import type { EChartsOption } from "echarts";

export interface ChartMarks {
  /** Ids of the series that are walked, in the order of the arrow keys up and down. */
  readonly series: readonly string[];
  /** Opens the rows of a mark; no series is the whole of that place, such as a week of all parties. */
  readonly open: (series: string | null, index: number) => void;
  /** Opens the rows of several marks of the first series; offered where it is given. */
  readonly openSeveral?: (indexes: readonly number[]) => void;
}

export interface MarkPlace {
  readonly series: string;
  readonly index: number;
}

interface Walked {
  readonly id: string;
  readonly name: string;
  /** Its place among the series of the option. */
  readonly place: number;
  readonly cells: boolean;
  readonly data: readonly unknown[];
}

/** The series of an option that are walked, in their order. */
export function walkedSeries(option: EChartsOption, ids: readonly string[]): Walked[] {
  const all = Array.isArray(option.series) ? option.series : [option.series];
  return ids.flatMap((id) => {
    const place = all.findIndex((series) => series?.id === id);
    const found = all[place];
    if (found === undefined || !Array.isArray(found.data)) return [];
    const name = typeof found.name === "string" ? found.name : "";
    return { id, name, place, cells: found.type === "heatmap", data: found.data };
  });
}

/** What stands in a place, as numbers; empty where there is no mark. */
function numbersAt(datum: unknown): readonly number[] {
  if (typeof datum === "number") return [datum];
  if (typeof datum !== "object" || datum === null) return [];
  if (!Array.isArray(datum)) return numbersAt((datum as { value?: unknown }).value);
  return datum.every((part) => typeof part === "number") ? datum : [];
}

const hasMark = (datum: unknown): boolean => numbersAt(datum).length > 0;

/** Where a place lies along the axis: what its data say, else its index. */
export function along(series: Walked, index: number): number {
  const numbers = numbersAt(series.data[index]);
  return numbers.length > 1 ? (numbers[0] ?? index) : index;
}

const SIDEWAYS: Readonly<Record<string, number>> = { ArrowLeft: -1, ArrowRight: 1 };
const UPRIGHT: Readonly<Record<string, number>> = { ArrowUp: -1, ArrowDown: 1 };
const ENDS: Readonly<Record<string, number>> = { Home: 1, End: -1 };

/** Where a key leads; the same place where there is nothing further, null where the key means nothing. */
export function nextPlace(
  all: readonly Walked[],
  now: MarkPlace | null,
  key: string,
): MarkPlace | null {
  const sideways = SIDEWAYS[key];
  const upright = UPRIGHT[key];
  const end = ENDS[key];
  if (sideways === undefined && upright === undefined && end === undefined) return null;
  const series = all.find(({ id }) => id === now?.series);
  if (now === null || series === undefined) {
    const first = all.find(({ data }) => data.some(hasMark));
    return first === undefined ? null : { series: first.id, index: first.data.findIndex(hasMark) };
  }
  if (end !== undefined) return stepped(series, end > 0 ? -1 : series.data.length, end) ?? now;
  if (series.cells) return cellBeside(series, now.index, sideways ?? 0, upright ?? 0);
  if (sideways !== undefined) return stepped(series, now.index, sideways) ?? now;
  return besideSeries(all, now, upright ?? 0);
}

/** The next mark of a series from an index on. */
function stepped(series: Walked, from: number, step: number): MarkPlace | null {
  for (let index = from + step; index >= 0 && index < series.data.length; index += step) {
    if (hasMark(series.data[index])) return { series: series.id, index };
  }
  return null;
}

/** The same place in the next series that has marks, or the nearest one to it. */
function besideSeries(all: readonly Walked[], now: MarkPlace, step: number): MarkPlace {
  let place = all.findIndex(({ id }) => id === now.series) + step;
  for (; place >= 0 && place < all.length; place += step) {
    const series = all[place] as Walked;
    const known = series.data.flatMap((datum, index) => (hasMark(datum) ? index : []));
    const nearest = known.sort((one, other) => distance(one, now) - distance(other, now))[0];
    if (nearest !== undefined) return { series: series.id, index: nearest };
  }
  return now;
}

const distance = (index: number, now: MarkPlace): number => Math.abs(index - now.index);

/** The nearest cell in that direction, in the same row or column. */
function cellBeside(series: Walked, from: number, dx: number, dy: number): MarkPlace {
  const [x = 0, y = 0] = numbersAt(series.data[from]);
  let best = from;
  let nearest = Number.POSITIVE_INFINITY;
  for (const [index, datum] of series.data.entries()) {
    const [cx, cy] = numbersAt(datum);
    if (cx === undefined || cy === undefined) continue;
    const steps = dx === 0 ? (cy - y) * dy : (cx - x) * dx;
    const inLine = dx === 0 ? cx === x : cy === y;
    if (inLine && steps > 0 && steps < nearest) {
      best = index;
      nearest = steps;
    }
  }
  return { series: series.id, index: best };
}

/** The marks of a series that lie in a stretch of the axis. */
export function marksWithin(
  series: Walked,
  [from, to]: readonly [number, number],
): readonly number[] {
  return series.data.flatMap((datum, index) => {
    const at = along(series, index);
    return hasMark(datum) && at >= from && at <= to ? index : [];
  });
}

/** The marks from one place to another; several can be held of the first series alone. */
export function marksHeld(
  [first]: readonly Walked[],
  { from, to }: { readonly from: MarkPlace; readonly to: MarkPlace },
): readonly number[] {
  if (first === undefined || from.series !== first.id || to.series !== first.id) return [];
  const ends = [along(first, from.index), along(first, to.index)];
  return marksWithin(first, [Math.min(...ends), Math.max(...ends)]);
}

/** The mark that lies nearest to a place on the axis. */
export function nearestMark(series: Walked, at: number): number | null {
  let nearest: number | null = null;
  for (const [index, datum] of series.data.entries()) {
    if (!hasMark(datum)) continue;
    const away = Math.abs(along(series, index) - at);
    if (nearest === null || away < Math.abs(along(series, nearest) - at)) nearest = index;
  }
  return nearest;
}
