/**
 * The organisation document: every fault with its path, and a store that says the same as the
 * document.
 */

import { expect, test } from "vitest";
import { calendarOf } from "../../seeds/calendar.ts";
import { organisationOf } from "../../seeds/organisation-document.ts";
import { makePeople } from "../../seeds/people.ts";
import { InputError } from "../../src/domain/shared/errors.ts";
import { parseOrganisation, readOrganisation } from "../../src/ingest/organisation.ts";
import { saveOrganisation } from "../../src/store/organisation.ts";
import { testDatabase } from "../support/database.ts";
import { SEED, TO_DAY } from "./made.ts";

const store = await testDatabase();
const demo = organisationOf(calendarOf(TO_DAY), makePeople(SEED));

function faultsOf(value: unknown): readonly string[] {
  try {
    readOrganisation(value);
    return [];
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    return error.faults.map((fault) => `${fault.code} ${fault.path}`);
  }
}

test("faults of shape are told together, each with its path", () => {
  const given = {
    parties: [{ name: "A", kind: "bank" }],
    agents: [{ name: "", memberships: [{ party: "A", team: "T", fromDay: "2026-02-30" }] }],
    costRates: [{ party: "A", perHour: "1,5", currency: "yuan", fromDay: "2026-01-01" }],
    que: [],
  };
  expect(faultsOf(given)).toEqual([
    "invalid_organisation parties[0].kind",
    "invalid_organisation agents[0].name",
    "invalid_organisation agents[0].memberships[0].fromDay",
    "invalid_organisation costRates[0].perHour",
    "invalid_organisation costRates[0].currency",
    "invalid_organisation organisation",
  ]);
});

test("names must be defined, keys unique, days in order, and nobody in two teams at once", () => {
  const [early, late] = ["2026-01-01", "2026-02-01"];
  const given = {
    parties: [
      { name: "A", kind: "client" },
      { name: "A", kind: "vendor" },
    ],
    teams: [
      { party: "A", name: "T" },
      { party: "B", name: "T" },
    ],
    agents: [
      {
        name: "Ann",
        aliases: ["Bo"],
        hiredOn: late,
        leftOn: early,
        memberships: [
          { party: "A", team: "T", fromDay: early },
          { party: "A", team: "U", fromDay: late },
        ],
        skills: [{ skill: "cards", fromDay: early }],
      },
      { name: "Bo" },
    ],
    costRates: [{ currency: "CNY", fromDay: early }],
  };
  expect(faultsOf(given)).toEqual([
    "duplicate_name parties[1].name",
    "duplicate_name agents[0].aliases[0]",
    "unknown_name teams[1].party",
    "invalid_period agents[0].leftOn",
    "unknown_name agents[0].memberships[1].team",
    "overlap agents[0].memberships[1].fromDay",
    "unknown_name agents[0].skills[0].skill",
    "missing_field costRates[0].party",
  ]);
});

test("text that is no JSON is refused", () => {
  expect(() => parseOrganisation("{")).toThrow(/^invalid organisation, expected a JSON document/);
});

test("saving makes every row once, and saving again changes nothing", async () => {
  const organisation = parseOrganisation(JSON.stringify(demo));
  const client = await store.pool.connect();
  try {
    const site = await client.query<{ id: number }>(
      "insert into site (name, zone) values ('Demo', 'Asia/Shanghai') returning id",
    );
    const siteId = site.rows[0]?.id ?? 0;
    // Known from a log before anybody registered it.
    const known = organisation.agents[3]?.name ?? "";
    await client.query("insert into agent (site_id, name) values ($1, $2)", [siteId, known]);
    const first = await saveOrganisation(client, siteId, organisation);
    expect(first).toMatchObject({ party: 3, team: 5, agent: 126, queue: 7, cost_rate: 5 });
    expect(first).toMatchObject({ agent_alias: 126, membership: 127 });
    const again = await saveOrganisation(client, siteId, organisation);
    expect(Object.values(again).every((changed) => changed === 0)).toBe(true);
    const left = await client.query("select from agent where not registered");
    expect(left.rowCount).toBe(0);
    const changed = {
      ...organisation,
      agents: organisation.agents.map((agent, i) =>
        i === 0 ? { ...agent, leftOn: "2026-03-01", aliases: ["Someone Else"] } : agent,
      ),
    };
    const third = await saveOrganisation(client, siteId, changed);
    expect(third).toMatchObject({ agent: 1, agent_alias: 1, membership: 0, cost_rate: 0 });
  } finally {
    client.release();
  }
});
