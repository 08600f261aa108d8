/**
 * The Managers page from tallies against the same figures by direct SQL over the contacts: spread of
 * handling time, satisfaction and first-contact resolution by agent, over all and by week.
 */

import type { Store } from "../store/connection.ts";
import {
  type AgentFigureScope,
  type AgentFigureSums,
  eachAgentFigure,
} from "../store/reports/agent-figures.ts";
import { median, seconds } from "./bench-store.ts";

export interface QueryBench {
  readonly contacts: number;
  readonly tallySeconds: number;
  readonly directSeconds: number;
  readonly ratio: number;
}

const PERIOD = { from: "2026-01-01", to: "2026-03-02", asOf: "2026-03-01" } as const;
const EVERYTHING = { parties: null, teams: null, agents: null, queues: null, channels: null };

/** Runs both, checks that they agree, and times them in turn. */
export async function queryBench(store: Store, runs: number): Promise<QueryBench> {
  const scope = { ...PERIOD, ...EVERYTHING };
  // In all and by week at once; one question written directly is each its own.
  const fromTallies = async () => {
    const figures = await tallyFigures(store, scope);
    return figures.filter(({ week }) => week !== null);
  };
  const direct = async () => {
    await directFigures(store, false);
    return directFigures(store, true);
  };
  assertSame(await fromTallies(), await direct());
  const tallies: number[] = [];
  const directs: number[] = [];
  for (let run = 0; run < runs; run++) {
    tallies.push(await seconds(fromTallies));
    directs.push(await seconds(direct));
  }
  const { rows } = await store.pool.query<{ n: number }>("select count(*)::int8 as n from contact");
  const [tallySeconds, directSeconds] = [median(tallies), median(directs)];
  return {
    contacts: rows[0]?.n ?? 0,
    tallySeconds,
    directSeconds,
    ratio: directSeconds / tallySeconds,
  };
}

async function tallyFigures(store: Store, scope: AgentFigureScope): Promise<AgentFigureSums[]> {
  const figures: AgentFigureSums[] = [];
  await eachAgentFigure(store, scope, true, (sums) => figures.push(sums));
  return figures;
}

interface DirectRow {
  readonly agent_id: number;
  readonly week: string | null;
  readonly handled: number;
  readonly handle_seconds: number;
  readonly customer_known: number;
  readonly repeated: number;
}

/** As one would write it without tallies: repeats by a window over each customer's contacts. */
async function directFigures(store: Store, byWeek: boolean): Promise<DirectRow[]> {
  const week = byWeek ? "date_trunc('week', local_day)::date::text" : "null::text";
  const { rows } = await store.pool.query<DirectRow>(
    `with journey as (
       select agent_id, local_day, outcome, customer_key, arrived_at,
         talk_seconds + hold_seconds + wrap_seconds as handle_seconds,
         case when customer_key is not null then min(arrived_at) filter (where leg = 1) over (
           partition by customer_key order by arrived_at desc
           groups between unbounded preceding and 1 preceding) end as next_at
       from contact where outcome <> 'phantom'),
     agent_day as (
       select agent_id, local_day, count(*)::float8 as handled,
         sum(handle_seconds)::float8 as handle_seconds,
         sum(handle_seconds::int8 * handle_seconds)::float8 as handle_seconds_squared,
         count(*) filter (where customer_key is not null and local_day + 7 < $3::date) as known,
         count(*) filter (where customer_key is not null and local_day + 7 < $3::date
           and next_at <= arrived_at + interval '168 hours') as repeated
       from journey
       where outcome = 'handled' and agent_id is not null
         and local_day >= $1::date and local_day < $2::date
       group by 1, 2)
     select agent_id, ${week} as week, sum(handled)::int8 as handled,
       sum(handle_seconds)::int8 as handle_seconds,
       sum(handle_seconds_squared)::int8 as handle_seconds_squared,
       sum(handled * handled) as handled_2, sum(handle_seconds * handle_seconds) as seconds_2,
       sum(handled * handle_seconds) as crossed,
       sum(known)::int8 as customer_known, sum(repeated)::int8 as repeated
     from agent_day group by 1, 2 order by 1, 2`,
    [PERIOD.from, PERIOD.to, PERIOD.asOf],
  );
  return rows;
}

function assertSame(tallies: readonly AgentFigureSums[], direct: readonly DirectRow[]): void {
  const textOf = (rows: readonly (readonly unknown[])[]) => JSON.stringify(rows);
  const ours = tallies.map((row) => [
    row.agentId,
    row.week,
    row.handled,
    row.handleSeconds,
    row.customerKnown,
    row.repeated,
  ]);
  const theirs = direct.map((row) => [
    row.agent_id,
    row.week,
    row.handled,
    row.handle_seconds,
    row.customer_known,
    row.repeated,
  ]);
  if (textOf(ours) !== textOf(theirs)) throw new Error("tallies and direct SQL disagree");
}
