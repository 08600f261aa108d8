/**
 * Which date format a column's texts have. Each text proposes the formats of its shape; what counts is
 * how many texts a format reads. Day-first or month-first is decided by the texts; where both read all,
 * the first is taken and the form says that it is ambiguous.
 */

import { zoneClock } from "../../domain/shared/zone.ts";
import { type DateReader, dateReader } from "../date-format.ts";

export interface TimeForm {
  /** In the order in which they are tried; one in most files. */
  readonly formats: readonly string[];
  /** Texts that are read, and texts there are. */
  readonly read: number;
  readonly of: number;
  /** The other format that reads them all as well; null where the texts decide. */
  readonly ambiguousWith: string | null;
  readonly hasDate: boolean;
  readonly hasClock: boolean;
  /** `none`, `UTC`, one offset such as `+02:00`, `several`, or `epoch`. */
  readonly offset: string;
}

const CLOCK = zoneClock("UTC");
const MOST_FORMATS = 3;
/** Fewer, and the column is none of times. */
const LEAST_READ = 0.85;
/** A further format must read this share of the texts; less is dirt. */
const LEAST_SHARE = 0.02;
/** 2000-01-01 to 2050-01-01, in seconds: numbers outside are ids and counts. */
const EPOCH_SECONDS = [946_684_800, 2_524_608_000] as const;

/** The form of texts that are times; null when too few of them can be read. */
export function timeForm(texts: readonly string[]): TimeForm | null {
  if (texts.length === 0) return null;
  const counts = new Map<string, number>();
  for (const text of texts) counts.set(text, (counts.get(text) ?? 0) + 1);
  const epoch = epochForm(texts);
  if (epoch !== null) return epoch;
  const candidates = new Set<string>();
  for (const text of counts.keys()) for (const format of formatsOf(text)) candidates.add(format);
  // A column of free text proposes nothing; one of wild shapes is no column of times.
  if (candidates.size === 0 || candidates.size > 60) return null;
  const takes = [...candidates].map((format) => takeOf(format, counts));
  const chosen = chosenOf(takes, texts.length);
  const read = sum(counts, (text) => chosen.some((one) => one.texts.has(text)));
  const first = chosen[0];
  if (first === undefined || read < LEAST_READ * texts.length) return null;
  const other = takes.find(
    (take) => isSwapped(take.format, first.format) && take.read === first.read,
  );
  const formats = chosen.map((one) => strict(one.format, counts));
  return {
    formats: isoForm(formats, counts, read) ?? formats,
    read,
    of: texts.length,
    ambiguousWith: other === undefined ? null : strict(other.format, counts),
    hasDate: /[yd]/.test(first.format),
    hasClock: /m/.test(first.format),
    offset: offsetOf(formats, [...counts.keys()]),
  };
}

interface Take {
  readonly format: string;
  readonly read: number;
  readonly texts: ReadonlySet<string>;
}

function takeOf(format: string, counts: ReadonlyMap<string, number>): Take {
  // A clock alone is no instant to the reader, so it is read as one of some day.
  const day = /[yd]/.test(format) || !format.includes("m") ? "" : "2000-01-01 ";
  const reader = dateReader(day === "" ? format : `yyyy-MM-dd ${format}`);
  const texts = new Set([...counts.keys()].filter((text) => reads(reader, day + text)));
  return { format, texts, read: sum(counts, (text) => texts.has(text)) };
}

/** The format that reads most, and further ones for what it leaves, never one with day and month swapped. */
function chosenOf(takes: readonly Take[], rows: number): Take[] {
  const chosen: Take[] = [];
  const left = [...takes].sort((a, b) => b.read - a.read);
  while (chosen.length < MOST_FORMATS) {
    const next = left.find((take) => {
      if (chosen.some((one) => one === take || hasOtherOrder(one.format, take.format)))
        return false;
      const more = [...take.texts].filter((text) => !chosen.some((one) => one.texts.has(text)));
      return more.length > 0 && take.read >= LEAST_SHARE * rows;
    });
    if (next === undefined) return chosen;
    chosen.push(next);
  }
  return chosen;
}

/** `d/M/yyyy` beside `M/d/yyyy`. */
function isSwapped(one: string, other: string): boolean {
  return one !== other && dayMonth(one) === other;
}

function dayMonth(format: string): string {
  return format
    .replace(/^d([-/.])M\1/, "\u0000$1d$1")
    .replace(/^M([-/.])d\1/, "d$1M$1")
    .replace("\u0000", "M");
}

function hasOtherOrder(one: string, other: string): boolean {
  const order = (format: string) => /^(?:d[-/.]M|M[-/.]d|yy[-/.]M)/.exec(format)?.[0] ?? "";
  const [first, second] = [order(one), order(other)];
  return first !== "" && second !== "" && first.replace(/\W/, "") !== second.replace(/\W/, "");
}

/** Two digits everywhere where the texts have them. */
function strict(format: string, counts: ReadonlyMap<string, number>): string {
  const loose = takeOf(format, counts).read;
  const narrow = (from: string, pattern: RegExp, to: string) => {
    const narrower = from.replace(pattern, to);
    return narrower !== from && takeOf(narrower, counts).read === loose ? narrower : from;
  };
  const month = narrow(format, /(?<!M)M(?!M)/, "MM");
  const day = narrow(month, /(?<!d)d(?!d)/, "dd");
  return narrow(narrow(day, /(?<!H)H(?!H)/, "HH"), /(?<!h)h(?!h)/, "hh");
}

/** The one word `iso` where the texts are of the standard, with T or an offset, or in several lengths. */
function isoForm(formats: readonly string[], counts: ReadonlyMap<string, number>, read: number) {
  const first = formats[0] ?? "";
  if (!first.startsWith("yyyy") || (formats.length === 1 && !/T|Z/.test(first))) return null;
  return takeOf("iso", counts).read >= read ? ["iso"] : null;
}

function offsetOf(formats: readonly string[], texts: readonly string[]): string {
  const first = formats[0] ?? "";
  if (/'(?:UTC|GMT)'/.test(first)) return "UTC";
  if (!first.includes("Z")) return "none";
  const offsets = new Set(
    texts.map((text) => {
      const found = /(?:([+-]\d\d):?(\d\d)?|[Zz])$/.exec(text);
      if (found === null || found[1] === undefined) return "UTC";
      const offset = `${found[1]}:${found[2] ?? "00"}`;
      return /^[+-]00:00$/.test(offset) ? "UTC" : offset;
    }),
  );
  return offsets.size === 1 ? ([...offsets][0] ?? "UTC") : "several";
}

function epochForm(texts: readonly string[]): TimeForm | null {
  for (const [format, factor] of [
    ["epoch_seconds", 1],
    ["epoch_ms", 1000],
  ] as const) {
    const [low, high] = [EPOCH_SECONDS[0] * factor, EPOCH_SECONDS[1] * factor];
    const isEpoch = (text: string) =>
      /^\d{9,13}(\.\d{1,6})?$/.test(text) && Number(text) >= low && Number(text) < high;
    const read = texts.filter(isEpoch).length;
    if (read >= 0.97 * texts.length) {
      const whole = { ambiguousWith: null, hasDate: true, hasClock: true, offset: "epoch" };
      return { formats: [format], read, of: texts.length, ...whole };
    }
  }
  return null;
}

/** The formats, with single letters, that a text's shape allows. */
function formatsOf(text: string): string[] {
  for (const [pattern, make] of DATES) {
    const match = pattern.exec(text);
    if (match === null) continue;
    const tail = clockOf(text.slice(match[0].length));
    if (tail !== null) return make(match).map((date) => date + tail);
  }
  const clock = clockOf(` ${text}`);
  return clock === null || clock === "" ? [] : [clock.slice(1)];
}

type DateShape = readonly [RegExp, (match: RegExpExecArray) => string[]];
const yearOf = (digits: string | undefined) => (digits?.length === 4 ? "yyyy" : "yy");

const DATES: readonly DateShape[] = [
  [/^\d{4}([-/.])\d{1,2}\1\d{1,2}(?!\d)/, ([, sign]) => [`yyyy${sign}M${sign}d`]],
  [
    /^\d{1,2}([-/.])\d{1,2}\1(\d{4}|\d\d)(?!\d)/,
    ([, sign, year]) => {
      const both = [`d${sign}M${sign}${yearOf(year)}`, `M${sign}d${sign}${yearOf(year)}`];
      return year?.length === 2 ? [...both, `yy${sign}M${sign}d`] : both;
    },
  ],
  [/^\d{4}年\d{1,2}月\d{1,2}日/, () => ["yyyy年M月d日"]],
  [/^(?:19|20)\d{6}(?=$|[ T])/, () => ["yyyyMMdd"]],
  [/^\d{6}(?=$|[ T])/, () => ["yyMMdd", "ddMMyy"]],
  [
    /^\d{1,2}([- /.])[A-Za-z]{3,9}([- /.])(\d{4}|\d\d)(?!\d)/,
    ([, one, two, year]) => [`d${one}MMM${two}${yearOf(year)}`],
  ],
  [/^[A-Za-z]{3,9} \d{1,2}(,?) \d{4}(?!\d)/, ([, comma]) => [`MMM d${comma} yyyy`]],
];

const TAIL = new RegExp(
  [
    /^(T| +|, )(\d{1,2}):\d\d(:\d\d)?(?:([.,])\d+)?( ?[AaPp][Mm])?/,
    /( ?(?:Z|[+-]\d\d(?::?\d\d)?)| (?:UTC|GMT))?$/,
  ]
    .map(({ source }) => source)
    .join(""),
);

/** The format of what stands behind a date: nothing, or a joint and a clock; null for anything else. */
function clockOf(rest: string): string | null {
  if (rest === "") return "";
  const match = TAIL.exec(rest);
  if (match === null) return null;
  const [, joint = "", , second, point, half, offset] = match;
  const hour = half === undefined ? "H" : "h";
  const fraction = point === undefined ? "" : `${point}SSS`;
  const zone = offset === undefined ? "" : /[UG]/.test(offset) ? ` '${offset.trim()}'` : offset;
  const end =
    offset !== undefined && zone === offset ? (offset.startsWith(" ") ? " ZZ" : "ZZ") : zone;
  const am = half === undefined ? "" : half.startsWith(" ") ? " a" : "a";
  return `${joint}${hour}:mm${second === undefined ? "" : ":ss"}${fraction}${am}${end}`;
}

function reads(reader: DateReader, text: string): boolean {
  return !Number.isNaN(reader(text, CLOCK));
}

function sum(counts: ReadonlyMap<string, number>, has: (text: string) => boolean): number {
  let total = 0;
  for (const [text, count] of counts) if (has(text)) total += count;
  return total;
}
