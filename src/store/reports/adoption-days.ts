/** Report: when assistants came to agents' sides, for marks on time. */

import { sql } from "drizzle-orm";
import type { Day } from "../../domain/shared/vocabulary.ts";
import type { Queryable } from "../connection.ts";
import type { ReportScope } from "./scope.ts";

export async function adoptionDays(
  db: Queryable,
  scope: ReportScope,
): Promise<{ day: Day; assistant: string; agents: number }[]> {
  const { rows } = await db.execute<{ day: Day; assistant: string; agents: number }>(sql`
    select adoption.from_day::text as day, assistant.name as assistant,
      count(distinct person.person_id)::int as agents
    from adoption
    join assistant on assistant.id = adoption.assistant_id
    join person on person.agent_id = adoption.agent_id
    left join membership on membership.agent_id = person.person_id
      and membership.from_day <= adoption.from_day
      and (membership.to_day is null or adoption.from_day < membership.to_day)
    left join team on team.id = membership.team_id
    where adoption.from_day >= ${scope.from}::date and adoption.from_day < ${scope.to}::date
      and (${sql.param(scope.agents)}::int[] is null
        or adoption.agent_id = any(${sql.param(scope.agents)}::int[]))
      and (${sql.param(scope.teams)}::int[] is null
        or team.id = any(${sql.param(scope.teams)}::int[]))
      and (${sql.param(scope.parties)}::int[] is null
        or team.party_id = any(${sql.param(scope.parties)}::int[]))
    group by 1, 2 order by 1, 2`);
  return rows;
}
