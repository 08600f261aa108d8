/**
 * Names of the organisation: who is called otherwise from now on keeps id and history, and what is there
 * already, as entries by which a row is told to be new, known or changed.
 */

import type { ClientBase } from "pg";
import { inputError } from "../domain/shared/errors.ts";
import {
  type EntryKind,
  entryKey,
  type OrganisationChange,
  type OrganisationEntries,
} from "../domain/shared/organisation.ts";

const RENAMES: Readonly<Record<"party" | "team" | "agent", string>> = {
  party: "$1::int4 is not null and $2::text is null",
  team: "$1::int4 is not null and t.party_id = (select id from party where party.name = $2)",
  agent: "t.site_id = $1 and $2::text is null",
};

/**
 * Gives new names to what has come with a former one. Where only the new name is there it was renamed
 * before; where neither is, it is simply made. An agent's former name stays an alias.
 *
 * @throws InputError `name_taken` where both are there.
 */
export async function renameFirst(
  client: ClientBase,
  siteId: number,
  { parties, teams, agents }: OrganisationChange,
): Promise<void> {
  for (const { name, formerName } of parties) {
    await rename(client, "party", [siteId, null, name, formerName]);
  }
  for (const { party, name, formerName } of teams) {
    await rename(client, "team", [siteId, party, name, formerName]);
  }
  for (const { name, formerName } of agents) {
    await rename(client, "agent", [siteId, null, name, formerName]);
  }
}

async function rename(
  client: ClientBase,
  table: keyof typeof RENAMES,
  [siteId, party, name, formerName]: [number, string | null, string, string | undefined],
): Promise<void> {
  if (formerName === undefined || formerName === name) return;
  const { rows } = await client.query<{ name: string }>(
    `select t.name from ${table} as t where t.name in ($3, $4) and ${RENAMES[table]}`,
    [siteId, party, name, formerName],
  );
  if (rows.length === 2) {
    const expected = `a name that is free: there are both ${formerName} and ${name}`;
    throw inputError({
      code: "name_taken",
      path: `${table}.formerName`,
      value: formerName,
      expected,
    });
  }
  if (rows[0]?.name !== formerName) return;
  await client.query(`update ${table} as t set name = $3 where t.name = $4 and ${RENAMES[table]}`, [
    siteId,
    party,
    name,
    formerName,
  ]);
}

/** What the organisation says now. Agents and queues that only logs have named are not of it. */
export async function organisationEntries(
  client: ClientBase,
  siteId: number,
): Promise<OrganisationEntries> {
  const { rows } = await client.query<{ key: [EntryKind, ...string[]]; content: string }>(
    `select array['party', name] as key, kind::text as content from party
     union all
     select array['team', party.name, team.name], '' from team join party on party.id = party_id
     union all select array['skill', name], '' from skill
     union all select array['assistant', name], '' from assistant
     union all select array['queue', name], '' from queue where site_id = $1 and registered
     union all
     select array['agent', name], row(kind, hired_on, left_on)::text
     from agent where site_id = $1 and registered
     union all
     select array['alias', a.name], agent.name from agent_alias as a
     join agent on agent.id = a.agent_id and agent.registered where a.site_id = $1
     union all
     select array['membership', agent.name, from_day::text], row(party.name, team.name, to_day)::text
     from membership join agent on agent.id = agent_id and agent.site_id = $1
     join team on team.id = team_id join party on party.id = team.party_id
     union all
     select array['agent_skill', agent.name, skill.name, from_day::text],
       row(proficiency, to_day)::text
     from agent_skill join agent on agent.id = agent_id and agent.site_id = $1
     join skill on skill.id = skill_id
     union all
     select array['adoption', agent.name, assistant.name, from_day::text], row(to_day)::text
     from adoption join agent on agent.id = agent_id and agent.site_id = $1
     join assistant on assistant.id = assistant_id
     union all
     select array['cost_rate', coalesce(agent.name, ''), coalesce(party.name, ''),
         coalesce(agent_kind::text, ''), from_day::text],
       row(per_hour, per_contact, per_action, currency, to_day)::text
     from cost_rate left join agent on agent.id = agent_id left join party on party.id = party_id
     where agent.id is null or agent.site_id = $1`,
    [siteId],
  );
  return new Map(
    rows.map(({ key: [kind, ...parts], content }) => [entryKey(kind, ...parts), content]),
  );
}

/** Who works here needs no zone said where there is one site only. */
export async function zoneOfOnlySite(client: ClientBase): Promise<string | null> {
  const { rows } = await client.query<{ zone: string }>("select zone from site limit 2");
  return rows.length === 1 ? (rows[0]?.zone ?? null) : null;
}
