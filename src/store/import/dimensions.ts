/**
 * Names in logs to ids of agents and queues. Whoever a log names and nobody registered is made, and
 * says so by `registered = false`: the quality report lists them.
 */

import type { ClientBase } from "pg";

/** Name to id, of one site. */
export interface SiteNames {
  readonly siteId: number;
  readonly agents: Map<string, number>;
  readonly queues: Map<string, number>;
  /** Agent id to the stretches of days in which an assistant was at the agent's side. */
  readonly adoptions: ReadonlyMap<number, readonly { from: string; to: string | null }[]>;
}

export async function loadSiteNames(client: ClientBase, siteId: number): Promise<SiteNames> {
  const agents = await client.query<{ name: string; id: number }>(
    "select name, agent_id as id from agent_alias where site_id = $1",
    [siteId],
  );
  const queues = await client.query<{ name: string; id: number }>(
    "select name, id from queue where site_id = $1",
    [siteId],
  );
  const adopted = await client.query<{ agent: number; from: string; to: string | null }>(
    `select agent_id as agent, from_day::text as from, to_day::text as to
     from adoption order by agent_id, from_day`,
  );
  const adoptions = new Map<number, { from: string; to: string | null }[]>();
  for (const { agent, from, to } of adopted.rows) {
    const stretches = adoptions.get(agent) ?? [];
    stretches.push({ from, to });
    adoptions.set(agent, stretches);
  }
  return {
    siteId,
    agents: new Map(agents.rows.map((row) => [row.name, row.id])),
    queues: new Map(queues.rows.map((row) => [row.name, row.id])),
    adoptions,
  };
}

/** Makes the agents and queues that are named and not yet known, and adds them to `names`. */
export async function addUnknownNames(
  client: ClientBase,
  names: SiteNames,
  named: { readonly agents: ReadonlySet<string>; readonly queues: ReadonlySet<string> },
): Promise<void> {
  const agents = [...named.agents].filter((name) => !names.agents.has(name)).sort();
  if (agents.length > 0) {
    const { rows } = await client.query<{ name: string; id: number }>(
      `with wanted as (select unnest($2::text[]) as name),
       made as (
         insert into agent (site_id, name) select $1, name from wanted
         on conflict (site_id, name) do update set name = excluded.name returning id, name)
       insert into agent_alias (site_id, name, agent_id) select $1, name, id from made
       on conflict (site_id, name) do update set name = excluded.name
       returning name, agent_id as id`,
      [names.siteId, agents],
    );
    for (const { name, id } of rows) names.agents.set(name, id);
  }
  const queues = [...named.queues].filter((name) => !names.queues.has(name)).sort();
  if (queues.length > 0) {
    const { rows } = await client.query<{ name: string; id: number }>(
      `insert into queue (site_id, name) select $1, unnest($2::text[])
       on conflict (site_id, name) do update set name = excluded.name returning name, id`,
      [names.siteId, queues],
    );
    for (const { name, id } of rows) names.queues.set(name, id);
  }
}

/** Was an assistant at the agent's side on that day? */
export function assistedOn(names: SiteNames, agentId: number | null, day: string): boolean {
  if (agentId === null) return false;
  const stretches = names.adoptions.get(agentId);
  if (stretches === undefined) return false;
  return stretches.some(({ from, to }) => from <= day && (to === null || day < to));
}
