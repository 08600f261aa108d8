/** A mapping put right by hand: columns given to fields, joined, taken away, and the file that comes out. */

import { describe, expect, it } from "vitest";
import type { MappingField, Preview } from "../../dashboards/api/uploads.ts";
import {
  assign,
  changed,
  draftOf,
  emptyDraft,
  fieldOfPath,
  fieldsOf,
  mappingOf,
} from "../../dashboards/pages/sources/drop/mapping-draft.ts";

const field = (name: string, is: MappingField["is"]): MappingField => {
  return { name, is, of: [], required: false, beside: false };
};
const column = (name: string, texts: string[], formats: string[] = [], isDayFraction = false) => {
  const values = texts.map((text) => ({ text, count: 1 }));
  return { name, values, formats, isDayFraction };
};
const COLUMNS: Preview["columns"] = [
  column("Id", ["c1", "c2"]),
  column("Day", ["05.03.2026"], ["dd.MM.yyyy"]),
  column("Clock", ["9:05"], ["H:mm"]),
  column("Fraction", ["0.5", "0.25"], [], true),
  column("Talk", ["12:02:23 AM"]),
  column("Mixed", ["05.03.2026", "2026-03-05"], ["dd.MM.yyyy", "yyyy-MM-dd"]),
];
const arrived = field("arrivedAt", "instant");
const give = (name: string, to: MappingField, from: string | null = null) => {
  return { column: name, from, to, columns: COLUMNS };
};

describe("a column given to a field", () => {
  it("is read as its texts look", () => {
    const draft = assign(emptyDraft("contact"), give("Talk", field("talkSeconds", "seconds")));
    expect(draft.rules.talkSeconds).toEqual({ column: "Talk", unit: "12h_clock" });
    expect(assign(draft, give("Mixed", arrived)).rules.arrivedAt).toEqual({
      ...{ column: "Mixed", formats: ["dd.MM.yyyy", "yyyy-MM-dd"] },
    });
    expect(assign(draft, give("Id", field("survey", "score"))).rules.survey).toEqual({
      ...{ column: "Id", scale: [1, 5] },
    });
  });

  it("is joined to the one the field has, in the order of the file", () => {
    const clock = assign(emptyDraft("contact"), give("Clock", arrived));
    const both = assign(clock, give("Day", arrived));
    expect(both.rules.arrivedAt).toEqual({ columns: ["Day", "Clock"], format: "dd.MM.yyyy H:mm" });
    const fraction = assign(assign(emptyDraft("contact"), give("Day", arrived)), {
      ...give("Fraction", arrived),
    });
    expect(fraction.rules.arrivedAt).toEqual({
      ...{ columns: ["Day", "Fraction"], format: "dd.MM.yyyy", unit: "day_fraction" },
    });
    const apart = assign(both, { ...give("Clock", arrived, "arrivedAt"), to: null });
    expect(apart.rules.arrivedAt).toEqual({ column: "Day", format: "dd.MM.yyyy" });
    const none = assign(apart, { ...give("Day", arrived, "arrivedAt"), to: null });
    expect(none.rules).toEqual({});
  });

  it("serves two fields where it is given to a second", () => {
    const ended = field("endedAt", "instant");
    const draft = assign(assign(emptyDraft("contact"), give("Day", arrived)), give("Day", ended));
    expect(fieldsOf(draft, "Day")).toEqual(["arrivedAt", "endedAt"]);
    const moved = assign(draft, give("Day", field("answeredAt", "instant"), "endedAt"));
    expect(fieldsOf(moved, "Day")).toEqual(["arrivedAt", "answeredAt"]);
  });
});

it("a mapping file comes out as it went in", () => {
  const mapping = {
    ...{ record: "contact", zone: "UTC", delimiter: ";", decimal: "," },
    fields: { externalId: { column: "Id" }, channel: { constant: "call" } },
    survey: { score: { column: "Score", scale: [0, 10] } },
    resolvedOutcome: { flag: { column: "Done" }, action: "refund", verified: true },
  };
  expect(mappingOf(draftOf(mapping), "UTC")).toEqual(mapping);
  const { zone: _, ...without } = mapping;
  expect(mappingOf(draftOf(mapping), null)).toEqual(without);
  expect(draftOf({ record: "survey", fields: { score: "S" } }).rules.score).toEqual({
    column: "S",
  });
});

it("a rule loses what is set to nothing", () => {
  const rule = { column: "Id", format: "iso", values: { Y: "handled" } };
  expect(changed(rule, { values: undefined, others: undefined })).toEqual({
    ...{ column: "Id", format: "iso" },
  });
});

it.each([
  ["mapping.fields.arrivedAt.format", "arrivedAt"],
  ["mapping.fields.externalId", "externalId"],
  ["mapping.survey.score.scale", "survey"],
  ["mapping.resolvedOutcome.flag", "resolvedOutcome"],
  ["mapping in calls.csv", null],
  ["zone", null],
])("a fault at %s is about %s", (path, expected) => {
  expect(fieldOfPath(path)).toBe(expected);
});
