/**
 * Writes an organisation document: who works at a site, since when, with what skill and at what
 * price.
 *
 * Names are found or made, and who comes with a former name is renamed first. Rows of a period are found
 * by their key and first day; a period ends at the latest where the next of its key begins, whichever of
 * them was saved first, so that who changes the team keeps the days in the old one. Saving the same
 * document again changes nothing; what a document does not mention stays as it is. Agents that were
 * only known from logs become registered. Facts already imported keep the agent they were given, so
 * an alias that moves to another agent holds from the next import on.
 *
 * Runs in the caller's transaction: call it inside one.
 */

import type { ClientBase } from "pg";
import { invariant } from "../domain/shared/errors.ts";
import type { OrganisationChange } from "../domain/shared/organisation.ts";
import { renameFirst } from "./organisation-names.ts";

/** Rows made or changed, by table. All zero when the store already says the same. */
export type OrganisationChanges = Readonly<Record<string, number>>;

interface Upsert {
  readonly table: string;
  readonly sql: string;
  readonly rows: readonly object[];
  /** Rows must be as many as were given; fewer would mean a name was not found. */
  readonly found: string;
  /** Of a table of periods: the columns that say whose a period is. */
  readonly whose?: string;
}

/**
 * `organisation` has been through `readOrganisation`: its names are defined and its keys unique.
 */
export async function saveOrganisation(
  client: ClientBase,
  siteId: number,
  organisation: OrganisationChange,
): Promise<OrganisationChanges> {
  await renameFirst(client, siteId, organisation);
  const changes: Record<string, number> = {};
  for (const upsert of [...names(organisation), ...periods(organisation)]) {
    const rows = JSON.stringify(upsert.rows);
    const { rows: counted } = await client.query<{ found: number; changed: number }>(
      `with ${upsert.whose === undefined ? `given as (${upsert.found})` : cutPeriods(upsert)},
            written as (${upsert.sql} returning 1)
       select (select count(*)::int4 from given) as found,
              (select count(*)::int4 from written) as changed`,
      [siteId, rows],
    );
    const count = counted[0];
    invariant(count?.found === upsert.rows.length, `every name of ${upsert.table} is known`);
    changes[upsert.table] = count.changed;
  }
  return changes;
}

/**
 * What is given, each period cut where the next begins; and the periods in the table that are now cut.
 * Nulls of a key are one and the same.
 */
function cutPeriods({ table, found, whose = "" }: Upsert): string {
  const key = `row(${whose})::text`;
  return `named as (${found}),
    starts as (
      select whose, from_day, lead(from_day) over (partition by whose order by from_day) as next_day
      from (select ${key} as whose, from_day from named
            union select ${key}, from_day from ${table}) as all_starts),
    given as (
      select named.*, least(named.to_day, starts.next_day) as until_day
      from named join starts on starts.whose = row(${prefixed(whose, "named")})::text
        and starts.from_day = named.from_day),
    cut as (
      update ${table} as t set to_day = starts.next_day from starts
      where starts.whose = row(${prefixed(whose, "t")})::text and starts.from_day = t.from_day
        and (t.to_day is null or t.to_day > starts.next_day) and starts.next_day is not null
        and not exists (select from named where named.from_day = t.from_day
          and row(${prefixed(whose, "named")})::text = starts.whose)
      returning 1)`;
}

function prefixed(columns: string, by: string): string {
  return columns
    .split(", ")
    .map((column) => `${by}.${column}`)
    .join(", ");
}

function names(organisation: OrganisationChange): Upsert[] {
  const plain = (table: string, list: readonly string[]): Upsert => ({
    table,
    rows: list.map((name) => ({ name })),
    found: "select $1::int4, name from jsonb_to_recordset($2) as r(name text)",
    sql: `insert into ${table} (name) select name from given on conflict (name) do nothing`,
  });
  return [
    {
      table: "party",
      rows: organisation.parties,
      found: "select $1::int4, * from jsonb_to_recordset($2) as r(name text, kind party_kind)",
      sql: `insert into party (name, kind) select name, kind from given
            on conflict (name) do update set kind = excluded.kind
            where party.kind <> excluded.kind`,
    },
    {
      table: "team",
      rows: organisation.teams,
      found: `select $1::int4, party.id as party_id, r.name
              from jsonb_to_recordset($2) as r(party text, name text)
              join party on party.name = r.party`,
      sql: `insert into team (party_id, name) select party_id, name from given
            on conflict (party_id, name) do nothing`,
    },
    plain("skill", organisation.skills),
    plain("assistant", organisation.assistants),
    queues(organisation.queues),
    agents(organisation),
    aliases(organisation),
  ];
}

function queues(list: readonly string[]): Upsert {
  return {
    table: "queue",
    rows: list.map((name) => ({ name })),
    found: "select $1::int4 as site_id, name from jsonb_to_recordset($2) as r(name text)",
    sql: `insert into queue (site_id, name, registered) select site_id, name, true from given
          on conflict (site_id, name) do update set registered = true where not queue.registered`,
  };
}

function agents(organisation: OrganisationChange): Upsert {
  return {
    table: "agent",
    rows: organisation.agents.map(({ name, kind, hiredOn, leftOn }) => ({
      name,
      kind,
      hired_on: hiredOn,
      left_on: leftOn,
      says_hired: hiredOn !== undefined,
      says_left: leftOn !== undefined,
    })),
    found: `select $1::int4 as site_id, r.name, coalesce(r.kind, was.kind, 'human') as kind,
              case when says_hired then r.hired_on else was.hired_on end as hired_on,
              case when says_left then r.left_on else was.left_on end as left_on
            from jsonb_to_recordset($2) as r(name text, kind agent_kind, hired_on date,
              left_on date, says_hired boolean, says_left boolean)
            left join agent as was on was.site_id = $1 and was.name = r.name`,
    sql: `insert into agent (site_id, name, kind, hired_on, left_on, registered)
          select site_id, name, kind, hired_on, left_on, true from given
          on conflict (site_id, name) do update
            set kind = excluded.kind, hired_on = excluded.hired_on, left_on = excluded.left_on,
                registered = true
          where (agent.kind, agent.hired_on, agent.left_on, agent.registered)
            is distinct from (excluded.kind, excluded.hired_on, excluded.left_on, true)`,
  };
}

function aliases(organisation: OrganisationChange): Upsert {
  return {
    table: "agent_alias",
    rows: organisation.agents.flatMap((agent) =>
      [...new Set([agent.name, ...agent.aliases])].map((name) => ({ agent: agent.name, name })),
    ),
    found: `select agent.site_id, agent.id as agent_id, r.name
            from jsonb_to_recordset($2) as r(agent text, name text)
            join agent on agent.site_id = $1 and agent.name = r.agent`,
    sql: `insert into agent_alias (site_id, name, agent_id)
          select site_id, name, agent_id from given
          on conflict (site_id, name) do update set agent_id = excluded.agent_id
          where agent_alias.agent_id <> excluded.agent_id`,
  };
}

function periods(organisation: OrganisationChange): Upsert[] {
  const { agents: list } = organisation;
  const agent = "join agent on agent.site_id = $1 and agent.name = r.agent";
  return [
    {
      table: "membership",
      whose: "agent_id",
      rows: list.flatMap(({ name, memberships }) =>
        memberships.map((row) => ({ agent: name, ...days(row), party: row.party, team: row.team })),
      ),
      found: `select agent.id as agent_id, team.id as team_id, r.from_day, r.to_day
              from jsonb_to_recordset($2)
                as r(agent text, party text, team text, from_day date, to_day date)
              ${agent} join party on party.name = r.party
              join team on team.party_id = party.id and team.name = r.team`,
      sql: `insert into membership (agent_id, team_id, from_day, to_day)
            select agent_id, team_id, from_day, until_day from given
            on conflict (agent_id, from_day) do update
              set team_id = excluded.team_id, to_day = excluded.to_day
            where (membership.team_id, membership.to_day)
              is distinct from (excluded.team_id, excluded.to_day)`,
    },
    {
      table: "agent_skill",
      whose: "agent_id, skill_id",
      rows: list.flatMap(({ name, skills }) =>
        skills.map((row) => ({
          agent: name,
          ...days(row),
          skill: row.skill,
          level: row.proficiency,
        })),
      ),
      found: `select agent.id as agent_id, skill.id as skill_id, r.level, r.from_day, r.to_day
              from jsonb_to_recordset($2)
                as r(agent text, skill text, level float8, from_day date, to_day date)
              ${agent} join skill on skill.name = r.skill`,
      sql: `insert into agent_skill (agent_id, skill_id, proficiency, from_day, to_day)
            select agent_id, skill_id, level, from_day, until_day from given
            on conflict (agent_id, skill_id, from_day) do update
              set proficiency = excluded.proficiency, to_day = excluded.to_day
            where (agent_skill.proficiency, agent_skill.to_day)
              is distinct from (excluded.proficiency, excluded.to_day)`,
    },
    {
      table: "adoption",
      whose: "agent_id, assistant_id",
      rows: list.flatMap(({ name, adoptions }) =>
        adoptions.map((row) => ({ agent: name, ...days(row), assistant: row.assistant })),
      ),
      found: `select agent.id as agent_id, assistant.id as assistant_id, r.from_day, r.to_day
              from jsonb_to_recordset($2)
                as r(agent text, assistant text, from_day date, to_day date)
              ${agent} join assistant on assistant.name = r.assistant`,
      sql: `insert into adoption (assistant_id, agent_id, from_day, to_day)
            select assistant_id, agent_id, from_day, until_day from given
            on conflict (agent_id, assistant_id, from_day) do update set to_day = excluded.to_day
            where adoption.to_day is distinct from excluded.to_day`,
    },
    costRates(organisation),
  ];
}

function costRates(organisation: OrganisationChange): Upsert {
  return {
    table: "cost_rate",
    whose: "agent_id, party_id, agent_kind",
    rows: organisation.costRates.map((rate) => ({
      ...days(rate),
      agent: rate.agent,
      party: rate.party,
      agent_kind: rate.agentKind,
      per_hour: rate.perHour,
      per_contact: rate.perContact,
      per_action: rate.perAction,
      currency: rate.currency,
    })),
    found: `select agent.id as agent_id, party.id as party_id, r.agent_kind, r.per_hour,
              r.per_contact, r.per_action, r.currency, r.from_day, r.to_day
            from jsonb_to_recordset($2) as r(agent text, party text, agent_kind agent_kind,
              per_hour numeric, per_contact numeric, per_action numeric, currency text,
              from_day date, to_day date)
            left join agent on agent.site_id = $1 and agent.name = r.agent
            left join party on party.name = r.party
            where (r.agent is null) = (agent.id is null)
              and (r.party is null) = (party.id is null)`,
    sql: `insert into cost_rate (agent_id, party_id, agent_kind, per_hour, per_contact, per_action,
            currency, from_day, to_day)
          select agent_id, party_id, agent_kind, per_hour, per_contact, per_action,
            currency, from_day, until_day from given
          on conflict (agent_id, party_id, agent_kind, from_day) do update
            set per_hour = excluded.per_hour, per_contact = excluded.per_contact,
                per_action = excluded.per_action, currency = excluded.currency,
                to_day = excluded.to_day
          where (cost_rate.per_hour, cost_rate.per_contact, cost_rate.per_action,
                 cost_rate.currency, cost_rate.to_day)
            is distinct from (excluded.per_hour, excluded.per_contact, excluded.per_action,
                 excluded.currency, excluded.to_day)`,
  };
}

function days({ fromDay, toDay }: { readonly fromDay: string; readonly toDay: string | null }) {
  return { from_day: fromDay, to_day: toDay };
}
