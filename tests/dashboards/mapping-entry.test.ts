import { expect, test } from "vitest";
import { entryOf, textOfEntry, withEntry } from "../../dashboards/pages/sources/mapping-entry.ts";

const MAPPING = {
  record: "contact",
  fields: { externalId: "id", arrivedAt: { column: "at", format: "iso" } },
  survey: { score: { column: "score", scale: [1, 5] } },
};

test("the entry of a field is the one that its rejects are about", () => {
  expect(entryOf(MAPPING, "arrivedAt")).toEqual(["fields", "arrivedAt"]);
  expect(entryOf(MAPPING, "score")).toEqual(["survey", "score"]);
  // A row of another number of columns is about no field, and this mapping knows no queue.
  expect(entryOf(MAPPING, "row")).toEqual([]);
  expect(entryOf(MAPPING, "queue")).toEqual([]);
  expect(entryOf({ dateFormats: ["iso"] }, "time")).toEqual(["dateFormats"]);
});

test("an entry is taken out as text and put back, and nothing else is touched", () => {
  const path = entryOf(MAPPING, "arrivedAt");
  expect(JSON.parse(textOfEntry(MAPPING, path))).toEqual({ column: "at", format: "iso" });
  expect(withEntry(MAPPING, path, '{ "column": "when" }')).toEqual({
    ...MAPPING,
    fields: { externalId: "id", arrivedAt: { column: "when" } },
  });
  expect(withEntry(MAPPING, [], '{ "record": "survey" }')).toEqual({ record: "survey" });
  expect(MAPPING.fields.arrivedAt.format).toBe("iso");
});

test("what is no JSON, or no mapping, is none", () => {
  expect(withEntry(MAPPING, ["fields", "arrivedAt"], '{ "column": ')).toBeNull();
  expect(withEntry(MAPPING, [], "[1]")).toBeNull();
});
