/** Report: the agents of a scope, those first who handled most: which of very many are listed. */

import { sql } from "drizzle-orm";
import type { Queryable, Store } from "../connection.ts";
import { eachRow } from "../row-stream.ts";
import type { ReportScope } from "./scope.ts";
import { agentCondition, MEMBERSHIP_OF_THE_DAY, PERSON, queueCondition } from "./scope.ts";

/** Are there more agents than so many, whatever they did? Asked first, as it costs nothing. */
export async function moreAgentsThan(db: Queryable, count: number): Promise<boolean> {
  const { rows } = await db.execute<{ more: boolean }>(sql`
    select exists (select from agent offset ${count}::int) as more`);
  return rows[0]?.more === true;
}

export interface AgentRanks {
  /** Persons, by what they handled; of equals who came first. */
  readonly agents: readonly number[];
  /** Are there contacts that nobody had? */
  readonly nobodys: boolean;
}

export async function agentRanks(store: Store, scope: ReportScope): Promise<AgentRanks> {
  const agents: number[] = [];
  let nobodys = false;
  const statement = sql`
    select ${PERSON} as agent from tally_agent_day as t ${MEMBERSHIP_OF_THE_DAY}
    where ${agentCondition(scope)} and ${queueCondition(scope)}
    group by 1 order by sum(t.handled) desc, 1`;
  await eachRow<{ agent: number }>(store, statement, ({ agent }) => {
    if (agent === 0) nobodys = true;
    else agents.push(agent);
  });
  return { agents, nobodys };
}
