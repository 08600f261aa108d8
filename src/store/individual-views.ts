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
  /** The same of very many, by the store's ids. */
  readonly agentIds: readonly number[];
  readonly question: Readonly<Record<string, unknown>>;
}

/** A text that may be somebody's name, of a source known by its name or its uuid. */
export interface NameIn {
  readonly source: string;
  readonly text: string;
}

/** The agents of whose names, or of other ways to write them, some are. */
export async function agentsNamed(db: Queryable, names: readonly NameIn[]): Promise<number[]> {
  const { rows } = await db.execute<{ id: number }>(sql`
    with named as (
      select distinct source.site_id, given.text
      from unnest(${sql.param(names.map(({ source }) => source))}::text[],
        ${sql.param(names.map(({ text }) => text))}::text[]) as given (source, text)
      join source on source.name = given.source or source.uuid::text = given.source)
    select agent.id from named join agent on agent.site_id = named.site_id and agent.name = named.text
    union
    select alias.agent_id from named
    join agent_alias as alias on alias.site_id = named.site_id and alias.name = named.text`);
  return rows.map(({ id }) => id);
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
      select coalesce(array_agg(id order by id), '{}') as agents from agent
      where uuid = any(${sql.param(view.agents)}::uuid[])
        or id = any(${sql.param(view.agentIds)}::int[])),
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
      from known, looked where view.id = known.id and exists (
        select unnest(looked.agents) except select unnest(view.agents)))
    insert into individual_view (at, user_id, route, agents, query)
    select ${view.at}::timestamptz, ${view.userId}::uuid, ${view.route}, looked.agents,
      ${question}::jsonb
    from looked where not exists (select from known)`);
}

export interface IndividualViewRow {
  readonly id: number;
  readonly at: Date;
  readonly user: string;
  readonly role: Role;
  readonly route: string;
  /** Of very many those who came first to the store. */
  readonly agents: readonly { readonly id: string; readonly name: string }[];
  readonly agentCount: number;
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
  /** Agents that are named in one row. */
  readonly mostNamed: number;
}

/** The latest first. */
export async function individualViews(
  db: Queryable,
  { userId, agent, from, to, before, limit, mostNamed }: IndividualViewFilter,
): Promise<IndividualViewRow[]> {
  const { rows } = await db.execute<Record<string, unknown> & IndividualViewRow>(sql`
    select view.id::float8 as id, view.at, app_user.name as "user", app_user.role, view.route,
      view.query as question, cardinality(view.agents) as "agentCount",
      (select coalesce(jsonb_agg(jsonb_build_object('id', agent.uuid, 'name', agent.name)
         order by agent.name, agent.id), '[]')
       from agent where agent.id = any(view.agents[1:${mostNamed}::int])) as agents
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
