import { expect, test } from "vitest";
import { en } from "../../dashboards/i18n/en.ts";
import { createFormats } from "../../dashboards/i18n/formats.ts";
import { languageOf, translator } from "../../dashboards/i18n/texts.ts";
import { zhCN } from "../../dashboards/i18n/zh-CN.ts";

const variables = (text: string) => [...text.matchAll(/{{(\w+)}}/g)].map(([, name]) => name).sort();

test("a Chinese text has the variables of the English one", () => {
  const english: Readonly<Record<string, string>> = en;
  for (const [key, text] of Object.entries(zhCN)) {
    expect(variables(text), key).toEqual(variables(english[key] ?? ""));
  }
});

test("no text is empty but the space between Chinese sentences", () => {
  const empty = Object.entries({ ...en, ...zhCN }).filter(([, text]) => text === "");
  expect(empty.map(([key]) => key)).toEqual(["sentence.space"]);
});

test("plurals follow the language", () => {
  const one = { count: 1, shown: "1" };
  expect(translator("en")("fresh.rejected", one)).toBe("1 row rejected today");
  expect(translator("en")("fresh.rejected", { count: 3, shown: "3" })).toBe(
    "3 rows rejected today",
  );
  expect(translator("zh")("fresh.rejected", one)).toBe("今日拒收 1 行");
});

test("the language of a browser's tag", () => {
  expect([languageOf("zh-Hans-CN"), languageOf("de"), languageOf(null)]).toEqual([
    "zh",
    "en",
    "en",
  ]);
});

test("numbers, shares, money, days and instants in the reader's way and the site's zone", () => {
  const british = createFormats("en-GB", "Europe/Berlin");
  const chinese = createFormats("zh-CN", "Asia/Shanghai");
  expect(british.number(1234567)).toBe("1,234,567");
  expect(british.share(0.7641)).toBe("76.4%");
  expect(british.money(37050, "CNY")).toBe("¥37,050.00");
  expect(chinese.money(37050, "CNY")).toBe("¥37,050.00");
  expect(british.day("2026-03-04")).toBe("4 Mar");
  expect(chinese.day("2026-03-04")).toBe("3月4日");
  // 13:45 UTC in March is 14:45 in Berlin and 21:45 in Shanghai.
  expect(british.moment("2026-03-04T13:45:00Z")).toBe("4 Mar, 14:45");
  expect(chinese.moment("2026-03-04T13:45:00Z")).toBe("3月4日 21:45");
  expect(british.weekday(1, "long")).toBe("Monday");
  expect(chinese.weekday(7)).toBe("周日");
  expect(british.clock(555)).toBe("09:15");
});

test("durations have at most two units", () => {
  const { duration } = createFormats("en-GB", "UTC");
  expect([0, 119, 120, 3599, 3600, 7384].map(duration)).toEqual([
    "0s",
    "119s",
    "2m 0s",
    "59m 59s",
    "1h 0m",
    "2h 3m",
  ]);
});
