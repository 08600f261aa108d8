/** Views as addresses, alerts as words and addresses. */

import { expect, test } from "vitest";
import type { Alert } from "../../dashboards/api/notes.ts";
import type { Dimensions } from "../../dashboards/api/types.ts";
import { readFilters } from "../../dashboards/frame/filters.ts";
import {
  addressOfAlert,
  figureWords,
  thresholdWords,
} from "../../dashboards/frame/notes/alert-words.ts";
import { addressOfView, isShown, keptSearch } from "../../dashboards/frame/notes/view-address.ts";
import { createFormats } from "../../dashboards/i18n/formats.ts";
import { translator } from "../../dashboards/i18n/texts.ts";
import { definitionOf } from "../../src/domain/metrics/metrics-of.ts";
import { addView } from "../../src/http/contract/notes.ts";

const QUEUE = "01900000-0000-7000-8000-000000000001";
const PARTY = "01900000-0000-7000-8000-000000000002";
const ALERT: Alert = {
  ...{ threshold: PARTY, metric: "serviceLevel", direction: "below", value: 0.8 },
  ...{ grouping: "queue", group: "Cards", groupId: QUEUE, figure: 0.71, currency: null, n: 40 },
  ...{ from: "2026-03-01", to: "2026-03-08", since: "2026-03-05", sinceBefore: false },
  dismissed: false,
  filter: { party: [PARTY], team: [], queue: [], channel: ["call"] },
};
const site = {
  t: translator("en"),
  language: "en",
  formats: createFormats("en-GB", "UTC"),
  dimensions: {
    parties: [{ id: PARTY, name: "Lotus", kind: "vendor" }],
    ...{ teams: [], queues: [], channels: ["call"] },
  } as unknown as Dimensions,
} as const;

test("an alert leads to the page of its metric, with its days, filters and group", () => {
  const address = new URL(addressOfAlert(ALERT), "http://localhost");
  expect(address.pathname).toBe("/planners");
  expect(readFilters(address.searchParams)).toMatchObject({
    from: "2026-03-01",
    to: "2026-03-08",
    chosen: { party: [PARTY], team: [], queue: [QUEUE], channel: ["call"] },
  });
  const handling = addressOfAlert({ ...ALERT, metric: "meanHandleSeconds" });
  expect(handling).toMatch(/^\/managers\?metric=meanHandleSeconds&/);
  expect(addressOfAlert({ ...ALERT, metric: "costPerAction" })).toMatch(/^\/vendors\?/);
});

test("figures are written in the unit of their metric", () => {
  const written = (
    id: Parameters<typeof definitionOf>[0],
    value: number,
    currency = null as null | string,
  ) => figureWords(definitionOf(id), value, currency, site);
  expect(written("serviceLevel", 0.71)).toBe("71.0%");
  expect(written("meanHandleSeconds", 312)).toBe("312s");
  expect(written("costPerAction", 12.5, "CNY")).toBe("¥12.50");
  expect(written("handled", 1234)).toBe("1,234");
});

test("a threshold in words says value, days, groups and filters", () => {
  const words = (days: number) =>
    thresholdWords({ ...ALERT, days }, definitionOf("serviceLevel"), site);
  expect(words(7)).toBe(
    "below 80.0% over the last 7 days, each queue, Party: Lotus, Channel: Calls",
  );
  expect(words(1)).toMatch(/^below 80.0% on the last day, /);
});

test("a view is an address of ours, whatever stood in the address bar", () => {
  const crooked =
    "?from=2026-03-01&rows=figure:handled;weekday:2&note=a b<script>#x&from=2026-03-02";
  const search = keptSearch(crooked);
  expect(addView.body?.safeParse({ name: "x", page: "managers", search }).success).toBe(true);
  expect(addressOfView({ page: "managers", search: "" })).toBe("/managers");
  expect(addressOfView({ page: "vendors", search: "from=2026-03-01" })).toBe(
    "/vendors?from=2026-03-01",
  );
});

test("a view is recognised by page and search, in any order", () => {
  const view = { page: "managers", search: "from=2026-03-01&party=a%2Cb" } as const;
  expect(isShown(view, "managers", "party=a,b&from=2026-03-01")).toBe(true);
  expect(isShown(view, "vendors", "party=a,b&from=2026-03-01")).toBe(false);
  expect(isShown(view, "managers", "party=a&from=2026-03-01")).toBe(false);
});
