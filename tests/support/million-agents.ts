/**
 * A centre of very many agents, as the importers leave one, put there by the server itself: a file of
 * them takes minutes. Every agent handles contacts on one day, in one of two weeks, so that every figure of
 * the centre follows from the numbers below.
 */

import type { Store } from "../../src/store/connection.ts";

/** Of every hundred agents so many are the vendor's. */
export const VENDORS_PERCENT = 3;
export const DAYS = { from: "2026-02-23", to: "2026-03-09" } as const;
/** An agent with an odd number takes longer for a contact than one with an even number. */
export const HANDLE_SECONDS = { even: 100, odd: 140 } as const;
/** The first agents handle one contact each more than all others. */
export const BUSY_AGENTS = 100;
const HANDLED = 20;

/** What an agent of that number, from 1, handled. */
export const handledBy = (number: number): number => HANDLED + (number <= BUSY_AGENTS ? 1 : 0);

/** "Agent 0000001" has number 1. */
export const nameOf = (number: number): string => `Agent ${String(number).padStart(7, "0")}`;

export async function takeManyAgents({ pool }: Store, agents: number): Promise<void> {
  const client = await pool.connect();
  try {
    // The rows fit each other by how they are made: looking up each key again takes most of the time.
    await client.query("set session_replication_role = replica");
    await client.query(`
      insert into site (name, zone) values ('Test', 'UTC');
      insert into party (name, kind) values ('Bank', 'client'), ('Lotus', 'vendor');
      insert into team (party_id, name)
        select id, case kind when 'client' then 'Blue' else 'Red' end from party;
      insert into queue (site_id, name, registered) select id, 'cards', true from site`);
    await client.query(
      `insert into agent (uuid, site_id, name, registered)
       select ('00000000-0000-7000-8000-' || lpad(to_hex(n), 12, '0'))::uuid, site.id, 'Agent ' || lpad(n::text, 7, '0'), true
       from site, generate_series(1, $1::int) as n order by n`,
      [agents],
    );
    await client.query(
      `insert into agent_alias (site_id, name, agent_id) select site_id, name, id from agent`,
    );
    await client.query(
      `insert into membership (agent_id, team_id, from_day)
       select agent.id, case when agent.id % 100 < $1 then red.id else blue.id end, '2026-01-01'
       from agent, team as red, team as blue where red.name = 'Red' and blue.name = 'Blue'`,
      [VENDORS_PERCENT],
    );
    await client.query(
      `insert into tally_agent_day (agent_id, local_day, queue_id, channel, assisted, contacts,
         handled, talk_seconds, handle_seconds, handle_seconds_squared)
       select agent.id, $1::date + (agent.id % 14), queue.id, 'call', false, h.n, h.n, h.n * s.mean,
         h.n * s.mean, h.n * s.mean * s.mean + h.n * (h.n - 1)
       from agent, queue,
         lateral (select $2::int + (agent.id <= $3)::int as n) as h,
         lateral (select case agent.id % 2 when 0 then $4::int else $5::int end as mean) as s`,
      [DAYS.from, HANDLED, BUSY_AGENTS, HANDLE_SECONDS.even, HANDLE_SECONDS.odd],
    );
    await client.query(
      `insert into tally_agent_time (agent_id, local_day, signed_on_seconds, available_seconds)
       select agent_id, local_day, 2 * handle_seconds, handle_seconds from tally_agent_day`,
    );
    await client.query("analyze");
  } finally {
    client.release(true);
  }
}

/** Of whom every second is on a break. None is taken for lost while a test runs. */
export const SIGNED_ON = 200_000;

export async function signOnMany({ pool }: Store): Promise<void> {
  await pool.query(
    `insert into agent_presence (agent_id, pool, capacity, capacity_total, state, signed_on_at,
       last_seen_at, free_since)
     select id, 'own', '{"call": 1}', 1, case id % 2 when 0 then 'available' else 'aux' end, now(),
       now() + interval '1 hour', now()
     from agent order by name limit $1`,
    [SIGNED_ON],
  );
}
