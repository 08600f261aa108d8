/** Who saw whose individual figures: one row a user, route, question and hour. */

import { sql } from "drizzle-orm";
import type { Role } from "../domain/shared/vocabulary.ts";
import type { Queryable } from "./connection.ts";

export interface IndividualView {
  readonly at: Date;
  readonly userId: string;
  readonly route: string;
  /** Whose figures they were: ids of the API. */
  readonly agents: readonly string[];
  readonly question: Readonly<Record<string, unknown>>;
}

const HOUR_MS = 3_600_000;

/**
 * Keeps a view in one statement. The same question in the same hour is one row, which grows where another
 * page of the answer shows more agents. Of two that come at the same moment both may be kept: a log rather
 * says a thing twice than not at all.
 */
export async function saveIndividualView(db: Queryable, view: IndividualView): Promise<void> {
  const hour = new Date(Math.floor(view.at.getTime() / HOUR_MS) * HOUR_MS);
  const question = JSON.stringify(view.question);
  await db.execute(sql`
    with looked as (
      select array_agg(id order by id) as agents from agent
      where uuid = any(${sql.param(view.agents)}::uuid[])),
    known as (
      select id from individual_view
      where at >= ${hour} and at < ${hour}::timestamptz + interval '1 hour'
        and user_id = ${view.userId}::uuid
        and route = ${view.route} and query = ${question}::jsonb
      order by id limit 1),
    more as (
      update individual_view as view set agents = (
        select array_agg(distinct one order by one)
        from unnest(view.agents || looked.agents) as one)
      from known, looked where view.id = known.id and not view.agents @> looked.agents)
    insert into individual_view (at, user_id, route, agents, query)
    select ${view.at}::timestamptz, ${view.userId}::uuid, ${view.route}, looked.agents,
      ${question}::jsonb
    from looked where looked.agents is not null and not exists (select from known)`);
}

export interface IndividualViewRow {
  readonly id: number;
  readonly at: Date;
  readonly user: string;
  readonly role: Role;
  readonly route: string;
  readonly agents: readonly { readonly id: string; readonly name: string }[];
  readonly question: Readonly<Record<string, unknown>>;
}

export interface IndividualViewFilter {
  readonly userId: string | null;
  readonly agent: string | null;
  readonly from: Date | null;
  readonly to: Date | null;
  /** The last of the page before. */
  readonly before: number | null;
  readonly limit: number;
}

/** The latest first. */
export async function individualViews(
  db: Queryable,
  { userId, agent, from, to, before, limit }: IndividualViewFilter,
): Promise<IndividualViewRow[]> {
  const { rows } = await db.execute<Record<string, unknown> & IndividualViewRow>(sql`
    select view.id::float8 as id, view.at, app_user.name as "user", app_user.role, view.route,
      view.query as question,
      (select jsonb_agg(jsonb_build_object('id', agent.uuid, 'name', agent.name)
         order by agent.name, agent.id)
       from agent where agent.id = any(view.agents)) as agents
    from individual_view as view join app_user on app_user.id = view.user_id
    where (${userId}::uuid is null or view.user_id = ${userId}::uuid)
      and (${agent}::uuid is null
        or view.agents @> array(select agent.id from agent where agent.uuid = ${agent}::uuid))
      and (${agent}::uuid is null or exists (select from agent where uuid = ${agent}::uuid))
      and (${from}::timestamptz is null or view.at >= ${from}::timestamptz)
      and (${to}::timestamptz is null or view.at < ${to}::timestamptz)
      and (${before}::bigint is null or view.id < ${before}::bigint)
    order by view.id desc limit ${limit}`);
  return rows.map((row) => ({ ...row, at: new Date(row.at) }));
}
