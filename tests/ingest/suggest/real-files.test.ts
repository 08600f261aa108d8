/** Real logs get a mapping under which at least 99 % of all their rows are taken, not of the sample alone. */

import { describe, expect, it } from "vitest";
import { readSample } from "../../../src/ingest/suggest/sample.ts";
import { suggestMapping } from "../../../src/ingest/suggest/suggestion.ts";
import { tried } from "../../../src/ingest/suggest/trial.ts";
import { table } from "../../../src/ingest/table.ts";
import { REAL_DATA, realFile } from "../../support/real-data.ts";
import { parseFile } from "../reading.ts";
import { columnsByField } from "./suggesting.ts";

describe.skipIf(REAL_DATA === null)("real logs", () => {
  it.each([
    ["pwc/Call-Center-Dataset.csv", { arrivedAt: "Date + Time", externalId: "Call Id" }],
    ["pwc/Call-Center-Dataset_semicolon_eu.csv", { arrivedAt: "Date + Time", agent: "Agent" }],
    // The columns have the names of the first row, for the file has no header.
    ["asterisk/Master.csv", { arrivedAt: "2026-11-22 09:11:17", outcome: "ANSWERED" }],
    ["tickets/bpi2013_closed_problems.csv.gz", { ticket: "case_id", at: "time:timestamp" }],
    ["tickets/helpdesk.csv.gz", { ticket: "Case ID", at: "Complete Timestamp" }],
    ["telecom/operators_aug_oct.csv", { agent: "operator_id", outcome: "is_missed_call" }],
    [
      "anonymous_bank/01_January.txt.gz",
      { externalId: "call_id", arrivedAt: "date + vru_entry", outcome: "outcome" },
    ],
    [
      "formats/amazon_connect/ctr_inbound_voice.json",
      { externalId: "ContactId", agent: "Agent.Username", queue: "Queue.Name" },
    ],
  ])("%s", async (name, columns) => {
    const sample = await readSample(realFile(name));
    const first = suggestMapping(sample);
    if (!first.found) throw new Error(`nothing for ${name}`);
    const { suggestion } = await tried(first, sample.read);
    expect(columnsByField(suggestion)).toMatchObject(columns);
    const { rows, rejects } = await parseFile(table, realFile(name), {
      mapping: suggestion.mapping,
    });
    expect(rejects.length).toBeLessThanOrEqual(rows / 100);
  });
});
