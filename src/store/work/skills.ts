/** What agents can do, by day. */

import { SITE_DAY, type Sql } from "./sql.ts";

/** Skills hold from the day it is at the agent's site; what held before ends on that day. */
export async function writeSkills(
  sql: Sql,
  agentId: number,
  given: { readonly skills: Readonly<Record<string, number>>; readonly now: Date },
): Promise<void> {
  const names = Object.keys(given.skills);
  const values = [given.now, agentId, names, Object.values(given.skills)];
  await sql.query("insert into skill (name) select unnest($1::text[]) on conflict do nothing", [
    names,
  ]);
  // A skill that began today is changed in place; one that is no longer named and began today goes.
  await sql.query(
    `with given as (
       select skill.id, g.proficiency from unnest($3::text[], $4::float8[]) as g(name, proficiency)
       join skill using (name)),
     today as (select ${SITE_DAY} as day from agent join site on site.id = agent.site_id
       where agent.id = $2),
     other as (
       select a.skill_id, a.from_day from agent_skill a cross join today
       left join given on given.id = a.skill_id
       where a.agent_id = $2 and (a.to_day is null or a.to_day > today.day)
         and a.from_day <= today.day and given.proficiency is distinct from a.proficiency),
     gone as (
       delete from agent_skill a using other, today
       where a.agent_id = $2 and (a.skill_id, a.from_day) = (other.skill_id, other.from_day)
         and a.from_day = today.day)
     update agent_skill a set to_day = today.day from other, today
     where a.agent_id = $2 and (a.skill_id, a.from_day) = (other.skill_id, other.from_day)
       and a.from_day < today.day`,
    values,
  );
  await sql.query(
    `insert into agent_skill (agent_id, skill_id, proficiency, from_day, to_day)
     select $2, skill.id, g.proficiency, ${SITE_DAY},
       (select min(next.from_day) from agent_skill next
        where next.agent_id = $2 and next.skill_id = skill.id and next.from_day > ${SITE_DAY})
     from unnest($3::text[], $4::float8[]) as g(name, proficiency)
     join skill using (name) join agent on agent.id = $2 join site on site.id = agent.site_id
     where not exists (
       select from agent_skill a where a.agent_id = $2 and a.skill_id = skill.id
         and a.from_day <= ${SITE_DAY} and (a.to_day is null or a.to_day > ${SITE_DAY}))`,
    values,
  );
}

/** Skills as of the day it is at the agent's site, by name. */
export async function readSkills(
  sql: Sql,
  agentId: number,
  now: Date,
): Promise<Record<string, number>> {
  const { rows } = await sql.query<{ name: string; proficiency: number }>(
    `select skill.name, a.proficiency from agent_skill a
     join skill on skill.id = a.skill_id
     join agent on agent.id = a.agent_id join site on site.id = agent.site_id
     where a.agent_id = $2 and a.from_day <= ${SITE_DAY}
       and (a.to_day is null or a.to_day > ${SITE_DAY}) order by skill.name`,
    [now, agentId],
  );
  return Object.fromEntries(rows.map((row) => [row.name, row.proficiency]));
}
