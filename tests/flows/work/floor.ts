/**
 * A small floor for tests: a site, a queue, agents with skills and rates, contacts that hung up.
 */

import type { Store } from "../../../src/store/connection.ts";

export interface FloorAgent {
  readonly id: number;
  readonly uuid: string;
}

export interface Floor {
  readonly siteId: number;
  readonly sourceId: number;
  readonly queueId: number;
  readonly queueUuid: string;
  agent(name: string, skills?: Readonly<Record<string, number>>): Promise<FloorAgent>;
  /** Contacts numbered on from those before, each of its own customer unless given. */
  abandoned(contacts: readonly AbandonedContact[]): Promise<void>;
}

export interface AbandonedContact {
  readonly externalId: string;
  readonly customer: number | null;
  readonly arrivedAt: string;
  readonly outcome?: string;
  readonly followUp?: boolean;
}

/** The site is in Shanghai (UTC+8, no summer time), the queue and a skill are called "cards". */
export async function makeFloor(store: Store): Promise<Floor> {
  const one = async <T>(text: string, values: unknown[] = []): Promise<T> =>
    (await store.pool.query(text, values)).rows[0] as T;
  const site = await one<{ id: number }>(
    "insert into site (name, zone) values ('Test', 'Asia/Shanghai') returning id",
  );
  const source = await one<{ id: number }>(
    `insert into source (name, kind, format, site_id) values ('calls', 'file', 'table', $1)
     returning id`,
    [site.id],
  );
  const queue = await one<{ id: number; uuid: string }>(
    "insert into queue (site_id, name, registered) values ($1, 'cards', true) returning id, uuid",
    [site.id],
  );
  const batch = await one<{ id: number }>(
    `insert into batch (source_id, file_name, started_at) values ($1, 'calls.csv', now())
     returning id`,
    [source.id],
  );
  await one("insert into skill (name) values ('cards'), ('loans')");
  return {
    siteId: site.id,
    sourceId: source.id,
    queueId: queue.id,
    queueUuid: queue.uuid,
    async agent(name, skills = {}) {
      const agent = await one<FloorAgent>(
        "insert into agent (site_id, name, registered) values ($1, $2, true) returning id, uuid",
        [site.id, name],
      );
      await store.pool.query(
        `insert into agent_skill (agent_id, skill_id, proficiency, from_day)
         select $1, skill.id, g.proficiency, '2020-01-01'
         from unnest($2::text[], $3::float8[]) as g(name, proficiency) join skill using (name)`,
        [agent.id, Object.keys(skills), Object.values(skills)],
      );
      return agent;
    },
    async abandoned(contacts) {
      await store.pool.query(
        `insert into contact (source_id, external_id, arrived_at, customer_key, local_day, queue_id,
           wait_seconds, talk_seconds, hold_seconds, wrap_seconds, batch_id, channel, outcome,
           follow_up)
         select $1, c."externalId", c."arrivedAt", c.customer,
           (c."arrivedAt" at time zone 'Asia/Shanghai')::date, $2, 45, 0, 0, 0, $3, 'call',
           coalesce(c.outcome, 'abandoned'), coalesce(c."followUp", false)
         from jsonb_to_recordset($4) as c("externalId" text, customer bigint,
           "arrivedAt" timestamptz, outcome contact_outcome, "followUp" boolean)`,
        [source.id, queue.id, batch.id, JSON.stringify(contacts)],
      );
    },
  };
}

/**
 * The laws of the ledger, asked of the store: tasks and assignments that break one. Empty lists for
 * every law when all is well.
 */
export async function brokenLaws(store: Store): Promise<Record<string, string[]>> {
  const laws = {
    "open more than once": `select task_id from assignment where state in ('offered', 'accepted')
      group by task_id having count(*) > 1`,
    "done more than once": `select task_id from assignment where state = 'done'
      group by task_id having count(*) > 1`,
    // Half-open spans of ownership of one task, compared pair by pair.
    "owned by two at one time": `select a.task_id from assignment a join assignment b
      on a.task_id = b.task_id and a.id < b.id
      and tstzrange(a.offered_at, a.ended_at) && tstzrange(b.offered_at, b.ended_at)`,
    "task and assignment disagree": `select t.id as task_id from task t
      left join assignment a on a.task_id = t.id and a.state in ('offered', 'accepted')
      left join assignment d on d.task_id = t.id and d.state = 'done'
      where (t.state in ('offered', 'accepted')) <> (a.id is not null)
        or (a.id is not null and a.state::text <> t.state::text)
        or (t.state = 'done') <> (d.id is not null)`,
  };
  const broken: Record<string, string[]> = {};
  for (const [law, text] of Object.entries(laws)) {
    const { rows } = await store.pool.query<{ task_id: string }>(text);
    broken[law] = rows.map((row) => row.task_id);
  }
  return broken;
}

export const NO_BROKEN_LAWS = {
  "open more than once": [],
  "done more than once": [],
  "owned by two at one time": [],
  "task and assignment disagree": [],
};
