/**
 * The organisation from tables: every kind of row, in text and in a workbook, taken twice, in any order;
 * moves and new names keep the past; what cannot be taken says file, line and field.
 */

import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeEach, describe, expect, it } from "vitest";
import { type ImportReport, importFile } from "../../../src/flows/import/import-file.ts";
import { tryOrganisationFile } from "../../../src/flows/import/take-organisation.ts";
import { sheetsOf } from "../../ingest/containers.ts";
import { brief, faultOf } from "../../ingest/reading.ts";
import { testDatabase } from "../../support/database.ts";
import { temporaryFolder } from "../../support/temporary-folder.ts";

const store = await testDatabase();
let folder = "";
const ZONE = "Asia/Shanghai";

const PARTIES = ["party,kind", "Bank,client", "North,vendor"];
const TEAMS = ["party,team", "Bank,Cards", "North,Cards", "North,Loans"];
const AGENTS = [
  "Agent;Kind;Hired on;Left on;Alias;Party;Team;From day;To day",
  "Ann;human;2025-01-01;;ann.w;Bank;Cards;2025-01-01;2025-06-01",
  "Ann;human;2025-01-01;;8001;North;Loans;2025-06-01;",
  "Robo;ai;;;;Bank;Cards;2025-03-01;",
];

async function take(
  rows: readonly string[] | Buffer,
  more: { mapping?: unknown; source?: string } = {},
): Promise<ImportReport> {
  const file = join(folder, rows instanceof Buffer ? "people.xlsx" : "people.csv");
  writeFileSync(file, rows instanceof Buffer ? rows : rows.join("\n"));
  return importFile(store, {
    ...{ file, format: "organisation", source: "people", zone: ZONE, ...more },
    ...{ installationKey: Buffer.alloc(32, 7), owner: "test", now: () => new Date() },
  });
}

const counts = ({ rows, accepted, duplicates, replaced, rejected }: ImportReport) => {
  expect(accepted + duplicates + replaced + rejected).toBe(rows);
  return [accepted, duplicates, replaced, rejected];
};

const all = async (sql: string) => (await store.pool.query(sql)).rows;
const memberships = () =>
  all(`select agent.name, party.name || ' / ' || team.name as team, from_day::text as from,
    to_day::text as to from membership join agent on agent.id = agent_id
    join team on team.id = team_id join party on party.id = party_id order by 1, 3`);

beforeEach(async () => {
  folder = temporaryFolder();
  await store.pool.query(
    `delete from cost_rate; delete from adoption; delete from agent_skill; delete from membership;
     delete from agent_alias; delete from agent; delete from team; delete from party;
     delete from skill; delete from assistant; delete from queue; delete from reject;
     delete from batch; delete from source`,
  );
});

describe("each table", () => {
  it("is told by its header, and taken twice changes nothing", async () => {
    const tables: [readonly string[], number][] = [
      [PARTIES, 2],
      [TEAMS, 3],
      [AGENTS, 3],
      [["agent,skill,proficiency,from", "Ann,cards,0.5,2025-01-01", "8001,loans,,2025-06-01"], 2],
      [["agent,assistant,adopted_on,until", "ann.w,Copilot,2025-04-01,2025-05-01"], 1],
      [
        [
          "party,agent_kind,agent,per_hour,per_action,currency,from_day",
          "North,,,58.50,,CNY,2025-01-01",
          "Bank,ai,,,0.0375,CNY,2025-01-01",
          ",,Ann,70,,CNY,2025-01-01",
        ],
        3,
      ],
      [["队列", "cards", "loans"], 2],
    ];
    for (const [rows, size] of tables) {
      expect(counts(await take(rows)), rows[0]).toEqual([size, 0, 0, 0]);
      expect(counts(await take(rows)), rows[0]).toEqual([0, size, 0, 0]);
    }
    expect(await memberships()).toEqual([
      { name: "Ann", team: "Bank / Cards", from: "2025-01-01", to: "2025-06-01" },
      { name: "Ann", team: "North / Loans", from: "2025-06-01", to: null },
      { name: "Robo", team: "Bank / Cards", from: "2025-03-01", to: null },
    ]);
    expect(
      await all(
        "select name, kind, hired_on::text as hired from agent where registered order by 1",
      ),
    ).toEqual([
      { name: "Ann", kind: "human", hired: "2025-01-01" },
      { name: "Robo", kind: "ai", hired: null },
    ]);
    expect(
      await all(`select agent.name as agent, skill.name as skill, proficiency from agent_skill
        join agent on agent.id = agent_id join skill on skill.id = skill_id order by 2`),
    ).toEqual([
      { agent: "Ann", skill: "cards", proficiency: 0.5 },
      { agent: "Ann", skill: "loans", proficiency: 1 },
    ]);
    expect(await all("select from_day::text as from, to_day::text as to from adoption")).toEqual([
      { from: "2025-04-01", to: "2025-05-01" },
    ]);
    expect(
      await all(
        "select per_hour::float8 as hour, per_action::float8 as action from cost_rate order by 1",
      ),
    ).toEqual([
      { hour: 0, action: 0.0375 },
      { hour: 58.5, action: 0 },
      { hour: 70, action: 0 },
    ]);
    expect(await all("select name from queue where registered order by 1")).toEqual([
      { name: "cards" },
      { name: "loans" },
    ]);
  });

  it("may be a workbook, and have a mapping for its own header and dates", async () => {
    await take(PARTIES);
    await take(TEAMS);
    const workbook = await sheetsOf({
      Notes: [["nothing here"]],
      Staff: [
        ["Name", "Gruppe", "Seit"],
        ["Ann", "Cards", new Date(Date.UTC(2025, 0, 1))],
        ["Bo", "Loans", new Date(Date.UTC(2025, 1, 1))],
      ],
    });
    const mapping = {
      record: "agent",
      sheet: "Staff",
      fields: { agent: "Name", party: { constant: "North" }, team: "Gruppe", fromDay: "Seit" },
    };
    expect(counts(await take(workbook, { mapping }))).toEqual([2, 0, 0, 0]);
    expect(await memberships()).toEqual([
      { name: "Ann", team: "North / Cards", from: "2025-01-01", to: null },
      { name: "Bo", team: "North / Loans", from: "2025-02-01", to: null },
    ]);
    const german = ["Name,Gruppe,Seit", "Cy,Cards,01.03.2025"];
    const formats = {
      fields: { ...mapping.fields, fromDay: { column: "Seit", format: "dd.MM.yyyy" } },
    };
    expect(counts(await take(german, { mapping: { record: "agent", ...formats } }))).toEqual([
      ...[1, 0, 0, 0],
    ]);
    expect((await memberships()).at(-1)).toMatchObject({ name: "Cy", from: "2025-03-01" });
  });

  it("leaves alone what it has no column for", async () => {
    for (const rows of [PARTIES, TEAMS, AGENTS]) await take(rows);
    const moved = ["agent,party,team,from_day", "Robo,North,Cards,2025-09-01"];
    expect(counts(await take(moved))).toEqual([1, 0, 0, 0]);
    expect(await all("select kind from agent where name = 'Robo'")).toEqual([{ kind: "ai" }]);
    const left = ["agent,left_on", "Robo,2025-12-01"];
    expect(counts(await take(left))).toEqual([0, 0, 1, 0]);
    expect(await all("select kind, left_on::text as left from agent where name = 'Robo'")).toEqual([
      { kind: "ai", left: "2025-12-01" },
    ]);
  });
});

describe("history", () => {
  const header = "agent,party,team,from_day";
  const steps = [
    "Ann,Bank,Cards,2025-01-01",
    "Ann,North,Loans,2025-06-01",
    "Ann,North,Cards,2025-09-01",
  ];

  it("of moves is the same in whatever order they come", async () => {
    const orders = [
      [0, 1, 2],
      [2, 1, 0],
      [1, 2, 0],
    ];
    for (const order of orders) {
      await store.pool.query("delete from membership; delete from agent_alias; delete from agent");
      await take(PARTIES);
      await take(TEAMS);
      for (const at of order) {
        expect(counts(await take([header, steps[at] ?? ""]))).toEqual([1, 0, 0, 0]);
      }
      expect(await memberships(), order.join()).toEqual([
        { name: "Ann", team: "Bank / Cards", from: "2025-01-01", to: "2025-06-01" },
        { name: "Ann", team: "North / Loans", from: "2025-06-01", to: "2025-09-01" },
        { name: "Ann", team: "North / Cards", from: "2025-09-01", to: null },
      ]);
      expect(counts(await take([header, ...steps]))).toEqual([0, 3, 0, 0]);
    }
  });

  it("of rates: the old price ends where the new one begins, each for its own", async () => {
    await take(PARTIES);
    const rates = "party,agent_kind,per_hour,currency,from_day";
    await take([rates, "North,,58,CNY,2025-01-01", "North,ai,5,CNY,2025-01-01"]);
    expect(counts(await take([rates, "North,,61,CNY,2025-07-01"]))).toEqual([1, 0, 0, 0]);
    expect(
      await all(`select agent_kind as kind, per_hour::int as price, to_day::text as to
        from cost_rate order by per_hour`),
    ).toEqual([
      { kind: "ai", price: 5, to: null },
      { kind: null, price: 58, to: "2025-07-01" },
      { kind: null, price: 61, to: null },
    ]);
  });

  it("of a new name is that of the old one", async () => {
    for (const rows of [PARTIES, TEAMS, AGENTS]) await take(rows);
    const ids = () =>
      all(
        "select 'p' as of, id from party union all select 't', id from team union all select 'a', id from agent order by 1, 2",
      );
    const before = await ids();
    const renamings = [
      ["party,kind,former_name", "Northern,vendor,North"],
      ["party,team,former_name", "Northern,Credit,Loans"],
      ["agent,former_name", "Ann West,Ann"],
    ];
    for (const rows of renamings) {
      expect(counts(await take(rows)), rows[1]).toEqual([0, 0, 1, 0]);
      expect(counts(await take(rows)), rows[1]).toEqual([0, 1, 0, 0]);
    }
    expect(await ids()).toEqual(before);
    expect((await memberships())[1]).toMatchObject({ name: "Ann West", team: "Northern / Credit" });
    // Logs go on to say Ann.
    expect(
      await all(
        "select a.name from agent_alias as a join agent on agent.id = agent_id where agent.name = 'Ann West' order by 1",
      ),
    ).toEqual(["8001", "Ann", "Ann West", "ann.w"].map((name) => ({ name })));
    const both = await take(["party,kind,former_name", "Bank,client,Northern"]);
    expect(both.rejects.map(brief)).toEqual([[2, "name_taken", "formerName", "Northern"]]);
  });

  it("of a document that renames, too", async () => {
    for (const rows of [PARTIES, TEAMS]) await take(rows);
    const [north] = await all("select id from party where name = 'North'");
    const document = (former?: string) =>
      JSON.stringify({ parties: [{ name: "Northern", kind: "vendor", formerName: former }] });
    expect(counts(await take([document("North")]))).toEqual([1, 0, 0, 0]);
    expect(counts(await take([document("North")]))).toEqual([0, 1, 0, 0]);
    expect(await all("select id from party where name = 'Northern'")).toEqual([north]);
    const taken = JSON.stringify({
      parties: [{ name: "Bank", kind: "client", formerName: "Northern" }],
    });
    expect(await faultOf(take([taken]))).toMatchObject({ code: "name_taken" });
  });
});

describe("rows that cannot be taken", () => {
  it("say line, field and what was expected, and the others are taken", async () => {
    for (const rows of [PARTIES, TEAMS]) await take(rows);
    const report = await take([
      "agent,kind,hired_on,party,team,from_day,to_day",
      "Ann,human,2025-01-01,Bank,Cards,2025-01-01,",
      "Bo,robot,,,,,",
      ",human,,,,,",
      "Cy,human,2025-02-30,,,,",
      "Di,human,,South,Cards,2025-01-01,",
      "Ed,human,,Bank,Loans,2025-01-01,",
      "Flo,human,,Bank,Cards,,",
      "Gil,human,,Bank,Cards,2025-02-01,2025-01-01",
      "Ann,human,2025-01-02,,,,",
      "Ann,human,2025-01-01,North,Cards,2025-01-01,",
      "Ann,human",
      "=1+1,human,,,,,",
    ]);
    expect(counts(report)).toEqual([1, 0, 0, 11]);
    expect(report.rejects.map(brief)).toEqual([
      [3, "unknown_value", "kind", "robot"],
      [4, "missing_field", "agent", ""],
      [5, "invalid_date", "hiredOn", "2025-02-30"],
      [6, "unknown_name", "party", "South"],
      [7, "unknown_name", "team", "Loans"],
      [8, "missing_field", "fromDay", ""],
      [9, "invalid_period", "toDay", "2025-01-01"],
      [10, "contradiction", "hiredOn", "2025-01-02"],
      [11, "overlap", "fromDay", "2025-01-01"],
      [12, "wrong_columns", "row", "2 columns"],
      [13, "formula_in_cell", "agent", "=1+1"],
    ]);
    const kept = await all("select count(*)::int as n, min(line)::int as first from reject");
    expect(kept).toEqual([{ n: 11, first: 3 }]);
    const ledger = await all(
      "select rows::int, rejected::int, state from batch order by id desc limit 1",
    );
    expect(ledger).toEqual([{ rows: 12, rejected: 11, state: "done" }]);
    expect((await all("select name from agent")).map(({ name }) => name)).toEqual(["Ann"]);
  });

  it("of other tables as well", async () => {
    for (const rows of [PARTIES, TEAMS, AGENTS]) await take(rows);
    const of = async (...rows: string[]) => (await take(rows)).rejects.map(brief);
    expect(
      await of(
        "agent,skill,proficiency,from_day",
        "Ann,cards,1.5,2025-01-01",
        "Zed,cards,1,2025-01-01",
      ),
    ).toEqual([
      [2, "invalid_number", "proficiency", "1.5"],
      [3, "unknown_name", "agent", "Zed"],
    ]);
    const rates = "agent,party,per_hour,currency,from_day,to_day";
    expect(
      await of(
        rates,
        ",,1,CNY,2025-01-01,",
        ",North,-1,CNY,2025-01-01,",
        ",North,1,yuan,2025-01-01,",
        ",North,1,CNY,2025-01-01,2025-06-01",
        ",North,2,CNY,2025-05-01,",
      ),
    ).toEqual([
      [2, "missing_field", "party", ""],
      [3, "invalid_number", "perHour", "-1"],
      [4, "invalid_currency", "currency", "yuan"],
      [6, "overlap", "fromDay", "2025-05-01"],
    ]);
    expect(await of("party,team,former_name", "North,Credit,Lones")).toEqual([
      [2, "unknown_name", "formerName", "Lones"],
    ]);
  });
});

describe("a file that is refused", () => {
  it.each([
    [
      ["fruit,colour", "pear,green"],
      undefined,
      "unknown_table",
      /line 1: invalid header.*people\.csv.*fruit, colour.*party kind/,
    ],
    [
      ["Name,Since", "Ann,2025-01-01"],
      { record: "agent", fields: { agent: "Nom", fromDay: "Depuis" } },
      "missing_column",
      /mapping\.fields\.agent.*Nom.*Name, Since[\s\S]*mapping\.fields\.fromDay.*Depuis/,
    ],
    [
      ["Name", "Ann"],
      { record: "agent", fields: { name: "Name" } },
      "invalid_mapping",
      /mapping\.fields\.name.*a field of agent: agent, kind/,
    ],
    [["{"], undefined, "invalid_json", /people\.csv/],
    [
      ['{"teams":[{"party":"Bank","name":"Cards"}]}'],
      undefined,
      "unknown_name",
      /teams\[0\]\.party in people\.csv: Bank/,
    ],
  ])("%s", async (rows, mapping, code, message) => {
    const fault = await faultOf(take(rows, mapping === undefined ? {} : { mapping }));
    expect(fault.code).toBe(code);
    expect(fault.message).toMatch(message);
    expect(await all("select state from batch")).toEqual([{ state: "failed" }]);
    expect(await all("select name from agent")).toEqual([]);
  });

  it("needs a zone before there is a site, and none with one", async () => {
    await store.pool.query("delete from site");
    const file = join(folder, "people.csv");
    writeFileSync(file, PARTIES.join("\n"));
    const wish = {
      ...{ file, format: "organisation", installationKey: Buffer.alloc(32), owner: "test" },
      now: () => new Date(),
    };
    expect((await faultOf(importFile(store, { ...wish, source: "a" }))).code).toBe("missing_zone");
    await importFile(store, { ...wish, source: "a", zone: ZONE });
    expect(await importFile(store, { ...wish, source: "b" })).toMatchObject({ duplicates: 2 });
  });
});

it("can be tried without a trace", async () => {
  await take(PARTIES);
  const file = join(folder, "teams.csv");
  writeFileSync(file, [...TEAMS, "South,Cards"].join("\n"));
  const tried = await tryOrganisationFile(store, { file, mapping: null, zone: ZONE });
  expect(tried).toMatchObject({ file: "teams.csv", rows: 4, accepted: 3, rejected: 1 });
  expect(await all("select name from team")).toEqual([]);
  expect(await all("select line from reject")).toEqual([]);
});
