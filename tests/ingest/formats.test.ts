/**
 * The formats by name, and what a user sees when a file is not of the format he named.
 */

import { describe, expect, it } from "vitest";
import { FORMATS, formatNamed } from "../../src/ingest/formats.ts";
import { readFormatFile } from "../../src/ingest/read-file.ts";
import { faultOf, parseFile, temporaryFiles } from "./reading.ts";

const temporary = temporaryFiles();
const MAPPING = { record: "contact", fields: { externalId: "id", arrivedAt: "at" } };

it("formats are found by name, and an unknown name lists them", async () => {
  expect(FORMATS.map((format) => formatNamed(format.name))).toEqual(FORMATS);
  const fault = await faultOf(Promise.resolve().then(() => formatNamed("excel")));
  expect(fault.message).toBe(
    "invalid format: excel, expected one of " +
      "anonymous-bank, asterisk-queue-log, event-log, table, organisation",
  );
});

describe("a fault names its file, line and field", () => {
  const options = { zone: "UTC", mapping: MAPPING };

  it.each(["anonymous-bank", "asterisk-queue-log"])("%s given another format", async (name) => {
    const file = await temporary("calls.csv", "id,at\n1,2024-01-01\n");
    const fault = await faultOf(parseFile(formatNamed(name), file));
    expect(fault.code).toBe("wrong_format");
    expect(fault.message).toMatch(/^line 1: invalid (header|line) in calls\.csv: /);
  });

  it("a line too long", async () => {
    const file = await temporary("long.csv", `id,at\n1,2\n${"x".repeat(5_000_000)}`);
    const fault = await faultOf(parseFile(formatNamed("table"), file, options));
    expect(fault.code).toBe("line_too_long");
    expect(fault.message).toMatch(/^line 3: invalid row in long\.csv: xxx/);
  });

  it("what came before the fault is given", async () => {
    const good = "1,2024-01-01\n".repeat(100_000);
    const file = await temporary("late.csv", `id,at\n${good}${"y".repeat(2_000_000)}`);
    const read = await readFormatFile(file, formatNamed("table"), options);
    let taken = 0;
    const fault = await faultOf(
      (async () => {
        for await (const block of read.blocks) taken += block.taken.length;
      })(),
    );
    expect(fault.faults[0]).toMatchObject({ code: "line_too_long", line: 100_002 });
    expect(taken).toBe(100_000);
  });

  it("a zone that is none", async () => {
    const file = await temporary("calls.csv", "id,at\n1,2024-01-01\n");
    const wrong = { ...options, zone: "Mars/Olympus" };
    expect((await faultOf(parseFile(formatNamed("table"), file, wrong))).code).toBe("invalid_zone");
  });
});
