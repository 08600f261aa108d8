/**
 * Date formats against luxon, which has the same tokens, and hand-made cases.
 */

import fc from "fast-check";
import { DateTime } from "luxon";
import { describe, expect, it } from "vitest";
import { zoneClock } from "../../src/domain/shared/zone.ts";
import { dateReader } from "../../src/ingest/date-format.ts";

const ZONE = "Europe/Berlin";
const clock = zoneClock(ZONE);
/** Up to 2059: from there on luxon takes two digits for the last century, and we from 1970 on. */
const seconds = fc.integer({ min: Date.UTC(1971, 0, 1) / 1000, max: Date.UTC(2059, 0, 1) / 1000 });

describe("formats", () => {
  it.each([
    "d-LLL-yy H:mm",
    "dd.MM.yyyy HH:mm:ss",
    "M/d/yyyy h:mm:ss a",
    "yyyyMMddHHmmss",
    "yyyy/MM/dd HH:mm:ss.SSS",
    "LLLL d, yyyy 'at' HH:mm",
    "yyyy-MM-dd'T'HH:mm:ssZZ",
    "dd/MM/yy",
  ])("%s reads what luxon writes", (format) => {
    const read = dateReader(format);
    fc.assert(
      fc.property(seconds, (second) => {
        const local = DateTime.fromSeconds(second, { zone: ZONE, locale: "en-US" });
        const text = local.toFormat(format);
        const back = DateTime.fromFormat(text, format, { zone: ZONE, locale: "en-US" });
        // In autumn's fold luxon takes either; the wall clock is the same.
        expect(clock.wall(read(text, clock))).toBe(clock.wall(back.toMillis()));
      }),
      { numRuns: 200, seed: 7 },
    );
  });

  it("iso reads what luxon writes", () => {
    const read = dateReader("iso");
    fc.assert(
      fc.property(seconds, fc.integer({ min: 0, max: 999 }), (second, more) => {
        const local = DateTime.fromMillis(second * 1000 + more, { zone: ZONE });
        expect(read(local.toISO() ?? "", clock)).toBe(local.toMillis());
        expect(read(local.toUTC().toISO() ?? "", clock)).toBe(local.toMillis());
      }),
      { numRuns: 200, seed: 8 },
    );
  });

  it.each([
    ["2024-03-05", Date.UTC(2024, 2, 4, 23)],
    ["2024-03-05 14:30", Date.UTC(2024, 2, 5, 13, 30)],
    ["2024/03/05 14:30:10.5", Date.UTC(2024, 2, 5, 13, 30, 10, 500)],
    ["2024-03-05T14:30Z", Date.UTC(2024, 2, 5, 14, 30)],
    ["2024-03-05 14:30:00+08", Date.UTC(2024, 2, 5, 6, 30)],
    ["2024-03-05T14:30:00.123456 -0330", Date.UTC(2024, 2, 5, 18, 0, 0, 123)],
  ])("iso: %s", (text, instant) => {
    expect(dateReader("iso")(text, clock)).toBe(instant);
  });

  it.each([
    ["iso", "2024-02-30"],
    ["iso", "2024-13-01"],
    ["iso", "05.03.2024"],
    ["iso", "2024-03/05"],
    ["iso", "2024-03-05 24:00"],
    ["iso", "2024-03-05 12:60"],
    ["iso", "2024-03-05T12:00:00+25:00"],
    ["iso", "2024-03-05 12:00 "],
    ["iso", ""],
    ["dd.MM.yyyy", "03.31.2024"],
    ["dd.MM.yyyy", "31.03.24"],
    ["h:mm a", "13:00 PM"],
    ["d-MMM-yy", "1-Foo-21"],
    ["epoch_seconds", "12x"],
    ["epoch_ms", "999999999999999"],
    ["iso", "0000-01-01"],
  ])("%s refuses %j", (format, text) => {
    expect(dateReader(format)(text, clock)).toBeNaN();
  });

  it("epochs need no zone", () => {
    expect(dateReader("epoch_seconds")("1700000000", clock)).toBe(1_700_000_000_000);
    expect(dateReader("epoch_seconds")("1700000000.25", clock)).toBe(1_700_000_000_250);
    expect(dateReader("epoch_ms")("1700000000250", clock)).toBe(1_700_000_000_250);
  });
});
