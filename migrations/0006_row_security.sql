-- What a vendor or an agent may see, held by the database itself: their statements run under a role that
-- has no right but those below, and of a table the rows that its policies let through. Muster's own user
-- owns the tables, so imports, jobs and everybody without bounds are not hindered.

-- Roles belong to the whole server, and several databases of it may be migrated at once.
do $$
declare
  help constant text := format(
    'the role muster_bounded, lent to %1$I. As a superuser run: create role muster_bounded nologin'
    ' noinherit; grant muster_bounded to %1$I; and start Muster again', current_user);
begin
  if to_regrole('muster_bounded') is null then
    begin
      create role muster_bounded nologin noinherit nosuperuser nobypassrls nocreatedb nocreaterole;
    exception
      when duplicate_object or unique_violation then null;
      when insufficient_privilege then raise insufficient_privilege using message = help;
    end;
  end if;
  if exists (select from pg_roles where rolname = 'muster_bounded' and (rolsuper or rolbypassrls)) then
    raise insufficient_privilege using
      message = 'a role muster_bounded that is no superuser and does not bypass row security';
  end if;
  -- Since 16 a member may be one without the right to change into the role.
  if not pg_has_role(current_user, 'muster_bounded',
    case when current_setting('server_version_num')::int >= 160000 then 'SET' else 'MEMBER' end)
  then
    begin
      execute format('grant muster_bounded to %I', current_user);
    exception
      when unique_violation then null;
      when insufficient_privilege then raise insufficient_privilege using message = help;
    end;
  end if;
end $$;

-- who asks ----------------------------------------------------------------------------------------
-- Said at the start of each transaction of a bounded caller. Nothing said: nothing is seen.

create function bound_party() returns integer language sql stable parallel safe
  return nullif(current_setting('muster.party_id', true), '')::integer;

create function bound_agent() returns integer language sql stable parallel safe
  return nullif(current_setting('muster.agent_id', true), '')::integer;

create function bound_user() returns uuid language sql stable parallel safe
  return nullif(current_setting('muster.user_id', true), '')::uuid;

-- whose an agent's day is -------------------------------------------------------------------------
-- The days of all agents lie one after another on one line of numbers, 2^22 for each agent. What a
-- caller may see is a set of stretches of it, made once a statement, and a row is looked up in it by
-- halving: 0.3 µs where a look at the memberships of its agent costs ten times that.

create function agent_day(agent bigint, day date) returns bigint
  language sql immutable parallel safe
  return agent * 4194304
    + (least(greatest(day, date '0001-01-01'), date '9999-12-31') - date '0001-01-01');
comment on function agent_day is 'The place of an agent''s day on the line of all agents'' days.';

create function agent_days(agent bigint, from_day date, to_day date) returns int8range
  language sql immutable parallel safe
  return int8range(
    agent_day(agent, coalesce(from_day, date '0001-01-01')),
    case when to_day is null then agent_day(agent + 1, date '0001-01-01')
      else agent_day(agent, to_day) end);

-- These know more than the caller may see, and tell only what is the caller's.

create function bound_days() returns int8multirange
  language sql stable parallel safe security definer
begin atomic
  select coalesce(range_agg(own.days), int8multirange())
  from (
    select agent_days(name.agent_id, null, null) as days
    from person as self join person as name on name.person_id = self.person_id
    where self.agent_id = bound_agent()
    union all
    select agent_days(name.agent_id, membership.from_day, membership.to_day)
    from team
    join membership on membership.team_id = team.id
    join person as name on name.person_id = membership.agent_id
    where team.party_id = bound_party()) as own;
end;
comment on function bound_days is
  'The days on which agents were the caller''s: of an agent all of its own under all of its names, of a party those in its teams.';

create function bound_agents() returns setof integer
  language sql stable parallel safe security definer
begin atomic
  select name.agent_id
  from person as self join person as name on name.person_id = self.person_id
  where self.agent_id = bound_agent()
  union
  select name.agent_id
  from team
  join membership on membership.team_id = team.id
  join person as name on name.person_id = membership.agent_id
  where team.party_id = bound_party();
end;
comment on function bound_agents is 'The agents that were the caller''s on any day.';

create function bound_teams() returns setof integer
  language sql stable parallel safe security definer
begin atomic
  select id from team where party_id = bound_party()
  union
  select membership.team_id
  from person as self join membership on membership.agent_id = self.person_id
  where self.agent_id = bound_agent();
end;

create function bound_parties() returns setof integer
  language sql stable parallel safe security definer
begin atomic
  select party_id from team where id in (select bound_teams())
  union
  select bound_party();
end;

create function bound_users() returns setof uuid
  language sql stable parallel safe security definer
begin atomic
  select id from app_user where id = bound_user() or (role = 'vendor' and party_id = bound_party());
end;
comment on function bound_users is 'The caller, and those who have the same bounds.';

-- What everybody is told of the whole installation, without its rows.

create function counted_to() returns timestamptz
  language sql stable parallel safe security definer
begin atomic
  select max(starts_at) + interval '15 minutes' from tally_interval;
end;

create function main_zone() returns text
  language sql stable parallel safe security definer
begin atomic
  select coalesce(
    (select site.zone
     from site join source on source.site_id = site.id
     left join batch on batch.source_id = source.id
     group by site.id, site.zone order by coalesce(sum(batch.accepted), 0) desc, site.id limit 1),
    'UTC');
end;
comment on function main_zone is 'The zone of the site with the most rows.';

create function known_facts(
  out surveys boolean, out complaints boolean, out outcomes boolean, out tickets boolean)
  language sql stable parallel safe security definer
begin atomic
  select exists (select from survey), exists (select from complaint), exists (select from outcome),
    exists (select from ticket_event);
end;

-- With the rights of who reads it, not of who made it.
alter view person set (security_invoker = true);

-- An import's file may hold rows of many parties: its name is told beside a contact that is the caller's.
create view contact_file with (security_barrier = true) as
  select contact.source_id, contact.external_id, batch.file_name
  from contact join batch on batch.id = contact.batch_id
  where current_user <> 'muster_bounded'
    or nullif((select bound_days()) @> agent_day(contact.agent_id, contact.local_day), false) is not null;
comment on view contact_file is 'The file that a contact came from.';

-- No barrier: of one agent's customers it is looked for by its index, and a barrier hinders that.
create view customer_contact as
  select contact.customer_key, contact.arrived_at
  from contact
  where contact.customer_key is not null and contact.leg = 1 and contact.outcome <> 'phantom'
    and (current_user <> 'muster_bounded' or exists (
      select from contact as own
      where own.customer_key = contact.customer_key
        and nullif((select bound_days()) @> agent_day(own.agent_id, own.local_day), false) is not null));
comment on view customer_contact is
  'When customers began a conversation, on any channel and whoever had it: repeats are counted over all. Of the caller''s own customers.';

-- row security ------------------------------------------------------------------------------------
-- On every table with something of people, parties or customers, those too that nobody bounded reads:
-- a right that is given by mistake one day shows no row.
-- What a report asks for is bound already, so nearly every row it finds passes here. PostgreSQL expects
-- that of `nullif(…, false) is not null`; of the condition alone it expects one row in two, or in two
-- hundred, and joins in an order that takes eight times as long.

do $$
declare
  name text;
begin
  foreach name in array array[
    'party', 'team', 'agent', 'agent_alias', 'membership', 'agent_skill', 'adoption', 'cost_rate',
    'batch', 'reject', 'quality_finding', 'upload',
    'contact', 'agent_state', 'ticket', 'ticket_event', 'survey', 'complaint', 'outcome', 'payment',
    'log_event', 'tally_agent_day', 'tally_agent_time', 'tally_interval',
    'task', 'agent_presence', 'assignment',
    'app_user', 'access_token', 'session', 'failed_sign_in', 'audit_entry', 'idempotency_key',
    'job_run', 'annotation', 'saved_view', 'threshold', 'individual_view', 'agent_join']
  loop
    execute format('alter table %I enable row level security', name);
  end loop;
end $$;

-- Words that everybody shares: they say nothing of anybody.
grant select on site, queue, skill, assistant to muster_bounded;
grant select (id, uuid, name, site_id) on source to muster_bounded;

grant select on party, team, agent, membership, agent_skill, adoption, cost_rate,
  person, contact_file, customer_contact, contact, survey, complaint, outcome, tally_agent_day, tally_agent_time,
  task, agent_presence, assignment, annotation, saved_view, threshold to muster_bounded;
grant select (id, name) on app_user to muster_bounded;

create policy bounded on party for select to muster_bounded
  using (nullif(id in (select bound_parties()), false) is not null);
create policy bounded on team for select to muster_bounded
  using (nullif(id in (select bound_teams()), false) is not null);
create policy bounded on agent for select to muster_bounded
  using (nullif(id in (select bound_agents()), false) is not null);
create policy bounded on membership for select to muster_bounded
  using (nullif(agent_id in (select bound_agents()) and team_id in (select bound_teams()), false)
    is not null);
create policy bounded on agent_skill for select to muster_bounded
  using (nullif((select bound_days()) && agent_days(agent_id, from_day, to_day), false) is not null);
create policy bounded on adoption for select to muster_bounded
  using (nullif((select bound_days()) && agent_days(agent_id, from_day, to_day), false) is not null);
create policy bounded on cost_rate for select to muster_bounded
  using (case when agent_id is null then party_id in (select bound_parties())
    else nullif((select bound_days()) && agent_days(agent_id, from_day, to_day), false) is not null end);
create policy bounded on app_user for select to muster_bounded
  using (id in (select bound_users()));

create policy bounded on contact for select to muster_bounded
  using (nullif((select bound_days()) @> agent_day(agent_id, local_day), false) is not null);
create policy bounded on tally_agent_day for select to muster_bounded
  using (nullif((select bound_days()) @> agent_day(agent_id, local_day), false) is not null);
create policy bounded on tally_agent_time for select to muster_bounded
  using (nullif((select bound_days()) @> agent_day(agent_id, local_day), false) is not null);

-- What belongs to a contact is whose the contact is; what belongs to none, whose its agent was.
create policy bounded on survey for select to muster_bounded
  using (exists (select from contact
    where contact.source_id = contact_source_id and contact.external_id = contact_external_id));
create policy bounded on complaint for select to muster_bounded
  using (case when contact_source_id is null
    then nullif((select bound_days()) @> agent_day(agent_id, local_day), false) is not null
    else exists (select from contact
      where contact.source_id = contact_source_id and contact.external_id = contact_external_id) end);
create policy bounded on outcome for select to muster_bounded
  using (case when contact_source_id is null
    then nullif((select bound_days()) @> agent_day(agent_id, local_day), false) is not null
    else exists (select from contact
      where contact.source_id = contact_source_id and contact.external_id = contact_external_id) end);

-- Work: of the day it was offered, at the agent's own site. An agent moves its own work and nobody else's.
create policy bounded on assignment for select to muster_bounded
  using (agent_id in (select bound_agents())
    and nullif((select bound_days()) @> agent_day(agent_id, (offered_at at time zone (
      select site.zone from agent join site on site.id = agent.site_id
      where agent.id = assignment.agent_id))::date), false) is not null);
create policy own on assignment for update to muster_bounded
  using (agent_id in (select bound_agents()) and (select bound_agent()) is not null)
  with check (agent_id in (select bound_agents()) and (select bound_agent()) is not null);
create policy bounded on task for select to muster_bounded
  using (exists (select from assignment where assignment.task_id = task.id));
create policy own on task for update to muster_bounded
  using ((select bound_agent()) is not null
    and exists (select from assignment where assignment.task_id = task.id))
  with check ((select bound_agent()) is not null
    and exists (select from assignment where assignment.task_id = task.id));
create policy bounded on agent_presence for select to muster_bounded
  using (agent_id in (select bound_agents())
    and nullif((select bound_days()) @> agent_day(agent_id, (last_seen_at at time zone (
      select site.zone from agent join site on site.id = agent.site_id
      where agent.id = agent_presence.agent_id))::date), false) is not null);
create policy own on agent_presence for all to muster_bounded
  using (agent_id in (select bound_agents()) and (select bound_agent()) is not null)
  with check (agent_id in (select bound_agents()) and (select bound_agent()) is not null);
grant insert, update, delete on agent_presence to muster_bounded;
grant update (state, accepted_at, ended_at, lease_until, why) on assignment to muster_bounded;
grant update (state, done_at, result) on task to muster_bounded;

-- What people add to the pages: a party's own, changed by whoever made it.
create policy bounded on annotation for select to muster_bounded
  using (party_id = (select bound_party()));
create policy own on annotation for all to muster_bounded
  using (party_id = (select bound_party()) and created_by = (select bound_user()))
  with check (party_id = (select bound_party()) and created_by = (select bound_user()));
create policy bounded on threshold for select to muster_bounded
  using (party_id = (select bound_party()));
create policy own on threshold for all to muster_bounded
  using (party_id = (select bound_party()) and created_by = (select bound_user()))
  with check (party_id = (select bound_party()) and created_by = (select bound_user()));
create policy bounded on saved_view for select to muster_bounded
  using (shared and user_id in (select bound_users()));
create policy own on saved_view for all to muster_bounded
  using (user_id = (select bound_user()))
  with check (user_id = (select bound_user()));
grant insert, update, delete on annotation, threshold, saved_view to muster_bounded;
