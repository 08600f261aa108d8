/** Numbers, shares, seconds, money, days and instants as the reader's locale and the site's zone want. */

export type FigureKind = "perHour" | "seconds" | "share" | "score" | "money" | "count" | "perMille";

export interface Formats {
  readonly locale: string;
  /** With thousands separators and that many decimals. */
  number(value: number, decimals?: number): string;
  /** As few decimals as it has, at most two: for axes. */
  short(value: number): string;
  /** A share, 0 to 1, as a percentage. */
  share(value: number, decimals?: number): string;
  money(value: number, currency: string): string;
  /** Seconds below two minutes, then the two largest units; from 60 days on one is enough. */
  duration(seconds: number): string;
  /** `2026-03-04` as a short local day; no zone is involved, a day is a day. */
  day(day: string): string;
  dayLong(day: string): string;
  /** Instants are written in the site's zone. */
  timeWithSeconds(instant: string): string;
  moment(instant: string): string;
  /** With the year: data may be old. */
  momentLong(instant: string): string;
  /** A minute of the local day, as 09:15. */
  clock(minute: number): string;
  /** 1 Monday to 7 Sunday. */
  weekday(weekday: number, style?: "short" | "long"): string;
  /** A figure with its unit. */
  figure(kind: FigureKind, value: number, currency?: string): string;
}

const asDate = (day: string) => new Date(`${day}T00:00:00Z`);

function lazy<Shape>(make: () => Shape): () => Shape {
  let made: Shape | undefined;
  return () => {
    made ??= make();
    return made;
  };
}

/** Intl objects are dear to make (0.1 ms), so one for each number of decimals. */
function numbers(locale: string, style: "decimal" | "percent") {
  const made = new Map<number, Intl.NumberFormat>();
  return (value: number, decimals: number): string => {
    let format = made.get(decimals);
    if (format === undefined) {
      format = new Intl.NumberFormat(locale, {
        style,
        minimumFractionDigits: decimals,
        maximumFractionDigits: decimals,
      });
      made.set(decimals, format);
    }
    return format.format(value);
  };
}

function moneyFormat(locale: string) {
  const made = new Map<string, Intl.NumberFormat>();
  return (value: number, currency: string): string => {
    let format = made.get(currency);
    if (format === undefined) {
      format = new Intl.NumberFormat(locale, {
        style: "currency",
        currency,
        currencyDisplay: "narrowSymbol",
      });
      made.set(currency, format);
    }
    return format.format(value);
  };
}

function units(locale: string) {
  const of = (unit: string) =>
    new Intl.NumberFormat(locale, { style: "unit", unit, unitDisplay: "narrow" });
  return {
    second: lazy(() => of("second")),
    minute: lazy(() => of("minute")),
    hour: lazy(() => of("hour")),
    day: lazy(() => of("day")),
    year: lazy(() => of("year")),
  };
}

function durations(unit: ReturnType<typeof units>): (seconds: number) => string {
  return (seconds) => {
    const whole = Math.round(seconds);
    if (whole < 120) return unit.second().format(whole);
    const minutes = Math.floor(whole / 60);
    if (minutes < 60) return `${unit.minute().format(minutes)} ${unit.second().format(whole % 60)}`;
    const hours = Math.floor(minutes / 60);
    const days = Math.floor(hours / 24);
    if (days >= 730) return unit.year().format(Math.floor(days / 365.25));
    if (days >= 60) return unit.day().format(days);
    if (hours >= 48) {
      return `${unit.day().format(days)} ${unit.hour().format(hours % 24)}`;
    }
    return `${unit.hour().format(hours)} ${unit.minute().format(minutes % 60)}`;
  };
}

export function createFormats(locale: string, zone: string): Formats {
  const decimal = numbers(locale, "decimal");
  const percent = numbers(locale, "percent");
  const short = lazy(() => new Intl.NumberFormat(locale, { maximumFractionDigits: 2 }));
  const money = moneyFormat(locale);
  const unit = units(locale);
  const dates = (options: Intl.DateTimeFormatOptions) =>
    lazy(() => new Intl.DateTimeFormat(locale, options));
  const day = dates({ timeZone: "UTC", day: "numeric", month: "short" });
  const dayLong = dates({ timeZone: "UTC", day: "numeric", month: "short", year: "numeric" });
  const timeWithSeconds = dates({
    timeZone: zone,
    hour: "2-digit",
    minute: "2-digit",
    second: "2-digit",
    hourCycle: "h23",
  });
  const moment = dates({
    timeZone: zone,
    day: "numeric",
    month: "short",
    hour: "2-digit",
    minute: "2-digit",
    hourCycle: "h23",
  });
  const momentLong = dates({
    timeZone: zone,
    day: "numeric",
    month: "short",
    year: "numeric",
    hour: "2-digit",
    minute: "2-digit",
    hourCycle: "h23",
  });
  const weekdays = {
    short: dates({ timeZone: "UTC", weekday: "short" }),
    long: dates({ timeZone: "UTC", weekday: "long" }),
  };
  const formats: Formats = {
    locale,
    number: (value, decimals = 0) => decimal(value, decimals),
    short: (value) => short().format(value),
    share: (value, decimals = 1) => percent(value, decimals),
    money,
    duration: durations(unit),
    day: (text) => day().format(asDate(text)),
    dayLong: (text) => dayLong().format(asDate(text)),
    timeWithSeconds: (instant) => timeWithSeconds().format(new Date(instant)),
    moment: (instant) => moment().format(new Date(instant)),
    momentLong: (instant) => momentLong().format(new Date(instant)),
    clock: (minute) =>
      `${String(Math.floor(minute / 60)).padStart(2, "0")}:${String(minute % 60).padStart(2, "0")}`,
    // 5 January 2026 is a Monday.
    weekday: (weekday, style = "short") =>
      weekdays[style]().format(new Date(Date.UTC(2026, 0, 4 + weekday))),
    figure: (kind, value, currency) => figureOf(formats, unit.second, kind, value, currency),
  };
  return formats;
}

function figureOf(
  formats: Formats,
  second: () => Intl.NumberFormat,
  kind: FigureKind,
  value: number,
  currency = "EUR",
): string {
  if (kind === "share") return formats.share(value);
  if (kind === "seconds") return second().format(Number(value.toFixed(value < 10 ? 1 : 0)));
  if (kind === "money") return formats.money(value, currency);
  if (kind === "count") return formats.number(value);
  return formats.number(value, 2);
}
