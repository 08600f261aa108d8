/**
 * The rows behind a figure: each filter against SQL written apart from it, pages that hold every row
 * once, and for every metric as many rows as its figure says it was counted from.
 */

import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { populationOf } from "../../dashboards/pages/shared/populations.ts";
import { METRICS } from "../../src/domain/metrics/metrics-of.ts";
import type { GroupSums } from "../../src/domain/shared/tally.ts";
import { REPEAT_WINDOWS } from "../../src/domain/shared/tally.ts";
import { askingOf, UNBOUNDED } from "../../src/flows/read/scope.ts";
import { MOST_COUNTED } from "../../src/store/reports/contact-rows.ts";
import { contactSums } from "../../src/store/reports/contact-sums.ts";
import { queueSums } from "../../src/store/reports/queue-sums.ts";
import { rateSums } from "../../src/store/reports/rate-sums.ts";
import { type Served, served } from "../browser/served.ts";
import { demoDatabase } from "../support/demo-database.ts";

const store = await demoDatabase();

interface Page {
  readonly rows: readonly Readonly<Record<string, string | number | boolean | null>>[];
  readonly next: string | null;
  readonly total: { readonly count: number; readonly more: boolean } | null;
}

const dayAfter = (day: string, count: number) =>
  new Date(Date.parse(day) + count * 86_400_000).toISOString().slice(0, 10);

let demo: Served;
let period: { from: string; to: string };
let middle: string;

beforeAll(async () => {
  demo = await served(store);
  const dimensions = (await demo.call("GET", "/dimensions")) as Record<string, string>;
  // A week is too fresh to judge, the days before it are not.
  const last = dimensions.lastDay ?? "";
  period = { from: dayAfter(last, -11), to: dayAfter(last, 1) };
  middle = dayAfter(period.from, 5);
}, 180_000);

afterAll(async () => {
  await demo?.stop();
});

const ask = (query: Record<string, string>): Promise<Page> =>
  demo.call("GET", `/contacts?${new URLSearchParams({ ...period, ...query })}`) as Promise<Page>;

/** Every row of every page, in order, and the count of the first page. */
async function all(query: Record<string, string>) {
  const ids: string[] = [];
  const first = await ask({ limit: "1000", ...query });
  let page = first;
  for (;;) {
    ids.push(...page.rows.map((row) => `${row.source} ${row.externalId}`));
    if (page.next === null) return { ids, total: first.total };
    page = await ask({ limit: "1000", ...query, cursor: page.next });
    expect(page.total).toBeNull();
  }
}

/** Ids by SQL of its own, in the order of arrival. */
async function expected(condition: string, days = period): Promise<string[]> {
  const { rows } = await store.pool.query(
    `select source.name || ' ' || c.external_id as id
     from contact c join source on source.id = c.source_id
     where c.local_day between $1::date and $2::date - 1 and ${condition}
     order by c.arrived_at, c.source_id, c.external_id`,
    [days.from, days.to],
  );
  return rows.map((row) => row.id);
}

const joined = (table: string) =>
  `(c.source_id, c.external_id) in
     (select contact_source_id, contact_external_id from ${table} where true)`;

describe("a filter finds exactly the contacts that", () => {
  it.each<[string, Record<string, string>, string]>([
    [
      "were abandoned or redirected",
      { outcome: "abandoned,redirected" },
      "c.outcome::text ~ '^(aba|red)'",
    ],
    ["came on a Tuesday", { weekday: "2" }, "to_char(c.local_day, 'ID') = '2'"],
    [
      "came in a quarter of an hour of a Monday",
      { weekday: "1", minute: "600" },
      `to_char(c.local_day, 'ID') = '1' and to_char(c.arrived_at at time zone
         (select zone from site limit 1), 'HH24:MI') between '10:00' and '10:14'`,
    ],
    ["an assistant helped with", { assisted: "true" }, "c.assisted"],
    ["no assistant helped with", { assisted: "false" }, "c.assisted is false"],
    ["were passed on", { transferred: "true" }, "c.transferred"],
    ["waited at most 20 s", { waitWithin: "20" }, "c.wait_seconds < 21"],
    ["waited longer", { waitOver: "20" }, "c.wait_seconds >= 21"],
    ["have a survey", { surveyed: "true" }, joined("survey")],
    ["have a complaint", { complained: "true" }, joined("complaint")],
    ["have an outcome", { acted: "true" }, joined("outcome")],
    [
      "have a verified outcome",
      { verified: "true" },
      joined("outcome").replace("where true", "where verified"),
    ],
    [
      "have no verified outcome",
      { verified: "false" },
      `${joined("outcome").replace("where true", "where verified")} is not true`,
    ],
    [
      "are of no party",
      { withoutParty: "true" },
      `(select count(*) from membership m where m.agent_id = c.agent_id
          and c.local_day between m.from_day and coalesce(m.to_day - 1, 'infinity')) = 0`,
    ],
  ])("%s", async (_what, query, condition) => {
    const wanted = await expected(condition);
    const { ids, total } = await all(query);
    expect(wanted.length).toBeGreaterThan(0);
    expect(wanted.length).toBeLessThan((await expected("true")).length);
    expect(ids).toEqual(wanted);
    expect(total).toEqual(
      total?.more ? { count: MOST_COUNTED, more: true } : { count: wanted.length, more: false },
    );
  });

  it.each(REPEAT_WINDOWS)("were judged within %i days, and those that came again", async (days) => {
    const asOf = { asOf: period.to };
    const judged = `c.outcome = 'handled' and c.customer_key is not null
      and c.local_day < date '${period.to}' - ${days}`;
    // By a self-join instead of a look-up for each.
    const again = `(c.source_id, c.external_id) in (
      select a.source_id, a.external_id from contact a join contact b
        on a.customer_key = b.customer_key and b.outcome <> 'phantom' and b.leg = 1
        and extract(epoch from b.arrived_at - a.arrived_at) > 0
        and extract(epoch from b.arrived_at - a.arrived_at) <= ${days * 86_400})`;
    const known = await all({ judgedWithin: String(days), ...asOf });
    const repeated = await all({ repeatedWithin: String(days), ...asOf });
    expect(known.ids).toEqual(await expected(judged));
    expect(repeated.ids).toEqual(await expected(`${judged} and ${again}`));
    expect(repeated.total).toEqual({ count: repeated.ids.length, more: false });
    // A window longer than the period leaves nothing to judge; a short one does.
    expect(known.ids.length > repeated.ids.length).toBe(days < 11);
  });

  it("are of several agents at once", async () => {
    const { rows } = await store.pool.query(
      `select agent.id, agent.uuid from contact c join agent on agent.id = c.agent_id
       where local_day >= $1 group by 1, 2 order by count(*) limit 3`,
      [period.from],
    );
    const { ids, total } = await all({ agent: rows.map((row) => row.uuid).join(",") });
    expect(ids).toEqual(await expected(`c.agent_id in (${rows.map((row) => row.id).join(",")})`));
    expect(total).toEqual({ count: ids.length, more: false });
  });
});

describe("pages", () => {
  it("of any length hold every row once, in order", async () => {
    const days = { from: middle, to: dayAfter(middle, 1) };
    const wanted = await expected("true", days);
    for (const limit of ["1", "97", "999"]) {
      const query = { ...days, limit, ...(limit === "1" ? { outcome: "abandoned" } : {}) };
      const { ids } = await all(query);
      expect(ids).toEqual(limit === "1" ? await expected("c.outcome = 'abandoned'", days) : wanted);
    }
  });

  it("go on where two arrived within one millisecond", async () => {
    const { rows } = await store.pool.query(
      `with one as (select * from contact order by arrived_at limit 1)
       insert into contact select (jsonb_populate_record(null::contact, to_jsonb(one) || jsonb_build_object(
         'external_id', 'micro-' || n, 'local_day', date '2001-05-05',
         'arrived_at', timestamptz '2001-05-05T12:00:00Z' + n * interval '1 microsecond'))).*
       from one, generate_series(1, 5) as n returning external_id`,
    );
    const { ids } = await all({ from: "2001-05-05", to: "2001-05-06", limit: "2" });
    expect(ids).toHaveLength(rows.length);
    expect(new Set(ids).size).toBe(rows.length);
    await store.pool.query("delete from contact where local_day = '2001-05-05'");
  });

  it("are found in a period of any length", async () => {
    const { ids } = await all({ from: "0001-01-01", to: "9999-12-31", outcome: "abandoned" });
    const ever = { from: "0001-01-01", to: "9999-12-31" };
    expect(ids).toEqual(await expected("c.outcome = 'abandoned'", ever));
  });

  it.each([
    ["weekday", "8"],
    ["minute", "7"],
    ["minute", "1440"],
    ["outcome", "gone"],
    ["assisted", "perhaps"],
    ["repeatedWithin", "5"],
    ["waitOver", "-1"],
  ])("refuse %s=%s", async (name, value) => {
    await expect(ask({ [name]: value })).rejects.toThrow("invalid_input");
  });
});

describe("as many rows as the figure says", () => {
  const walked = new Map<string, ReturnType<typeof all>>();
  /** Many figures have the same population: it is walked once. */
  const known = (query: Record<string, string>) => {
    const key = JSON.stringify(query);
    const walk = walked.get(key) ?? all(query);
    walked.set(key, walk);
    return walk;
  };
  const metrics = METRICS.filter(({ definition }) => populationOf(definition.id) !== null);

  it("for all metrics but those of tickets and of time alone", () => {
    const without = METRICS.filter((metric) => !metrics.includes(metric));
    expect(without.map(({ definition }) => definition.id).sort()).toEqual([
      "auxShare",
      "handOffs",
      "ticketsResolved",
    ]);
  });

  it.each(metrics.map((metric) => [metric.definition.id, metric] as const))(
    "%s",
    async (id, metric) => {
      const asking = await askingOf(store, { ...period, asOf: period.to }, UNBOUNDED, new Date());
      const [sums] = await contactSums(store.db, asking.scope, [], asking.asOf);
      const [offered] = await queueSums(store.db, asking.scope, []);
      const rates = await rateSums(store.db, asking.scope, []);
      if (sums === undefined || offered === undefined) throw new Error("no sums");
      const group: GroupSums = {
        ...sums,
        queue: offered.queue,
        time: null,
        rates: rates.map(({ rate }) => rate),
      };
      const { ids, total } = await known({ ...populationOf(id), asOf: period.to });
      expect(ids.length).toBe(metric.basis(group));
      if (total?.more !== true) expect(total?.count).toBe(ids.length);
    },
  );

  it("for an agent's figure in the spread", async () => {
    const asked = new URLSearchParams({ ...period, metric: "firstContactResolution" });
    const { agents } = (await demo.call("GET", `/spread?${asked}`)) as {
      agents: { agent: string; n: number }[];
    };
    const most = agents.toSorted((one, other) => other.n - one.n)[0];
    const { ids } = await all({
      ...populationOf("firstContactResolution"),
      agent: most?.agent ?? "",
    });
    expect(ids).toHaveLength(most?.n ?? -1);
  });

  it("for a quarter of an hour of a weekday", async () => {
    const { rows } = (await demo.call("GET", `/volume?${new URLSearchParams(period)}`)) as {
      rows: { weekday: number; minute: number; offered: number; days: number }[];
    };
    const busy = rows.toSorted((one, other) => other.offered - one.offered).slice(0, 3);
    for (const { weekday, minute, offered, days } of busy) {
      const query = { weekday: String(weekday), minute: String(minute) };
      const { ids } = await all({ ...populationOf("offered"), ...query });
      expect(ids).toHaveLength(Math.round(offered * days));
    }
  });

  it("for a party's verified outcomes in a week", async () => {
    const query = new URLSearchParams({ ...period, by: "party,week" });
    const { rows } = (await demo.call("GET", `/metrics?${query}`)) as {
      rows: { partyId: string | null; week: string; actionsVerified: number | null }[];
    };
    // Weeks are named by their Monday: this one begins in the period.
    const cells = rows.filter((row) => row.partyId !== null && row.week >= period.from);
    expect(cells.length).toBeGreaterThan(1);
    for (const { partyId, week, actionsVerified } of cells.slice(0, 3)) {
      const end = dayAfter(week, 7);
      const days = { from: week, to: end < period.to ? end : period.to };
      const { ids } = await all({
        ...populationOf("actionsVerified"),
        ...days,
        party: partyId ?? "",
      });
      expect(ids).toHaveLength(actionsVerified ?? -1);
    }
  });
});
