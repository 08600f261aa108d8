-- Two parties in every table: Bank (1) is not Lotus's (2). Cai (2) is Lotus's and the caller, Nick (4) is
-- another name of Cai, Mo (3) came from Bank to Lotus on 1 March, Dee (5) left Lotus on 1 April, Zed (6)
-- is nobody's. The site is eight hours ahead of UTC. Names of rows say whose they are.

insert into site (name, zone) values ('Hall', 'Asia/Shanghai');
insert into party (name, kind) values ('Bank', 'client'), ('Lotus', 'vendor');
insert into team (party_id, name) values (1, 'blue'), (2, 'red');
insert into agent (site_id, name) values
  (1, 'ann'), (1, 'cai'), (1, 'mo'), (1, 'nick'), (1, 'dee'), (1, 'zed');
update agent set joined_into = 2 where name = 'nick';
insert into membership (agent_id, team_id, from_day, to_day) values
  (1, 1, '2026-01-01', null), (2, 2, '2026-01-01', null), (3, 1, '2026-01-01', '2026-03-01'),
  (3, 2, '2026-03-01', null), (5, 2, '2026-01-01', '2026-04-01');
insert into queue (site_id, name) values (1, 'cards');
insert into skill (name) values ('cards');
insert into assistant (name) values ('copilot');
insert into source (name, kind, format, site_id) values ('calls', 'file', 'table', 1);

-- Lotus has two users, Bank's vendor's and Cai's are others, and one sees everything.
insert into app_user (id, name, role, party_id, agent_id) values
  ('00000000-0000-7000-8000-000000000001', 'lotus', 'vendor', 2, null),
  ('00000000-0000-7000-8000-000000000002', 'lotus too', 'vendor', 2, null),
  ('00000000-0000-7000-8000-000000000003', 'bank', 'vendor', 1, null),
  ('00000000-0000-7000-8000-000000000004', 'cai', 'agent', null, 2),
  ('00000000-0000-7000-8000-000000000005', 'manager', 'manager', null, null);

create temporary table happened (name text, agent_id integer, day date);
insert into happened values
  ('ann', 1, '2026-03-05'), ('cai early', 2, '2025-12-31'), ('cai', 2, '2026-03-05'),
  ('mo before', 3, '2026-02-28'), ('mo', 3, '2026-03-01'), ('nick', 4, '2026-03-05'),
  ('dee', 5, '2026-03-31'), ('dee gone', 5, '2026-04-01'), ('zed', 6, '2026-03-05'),
  ('nobody', null, '2026-03-05');

insert into batch (source_id, file_name, started_at) values (1, 'a.csv', now());
insert into contact (source_id, external_id, arrived_at, local_day, agent_id, queue_id, wait_seconds,
    talk_seconds, hold_seconds, wrap_seconds, batch_id, channel, outcome)
  select 1, name, day, day, agent_id, 1, 0, 60, 0, 0, 1, 'call', 'handled' from happened;
-- One customer was with both parties, the other with Bank alone.
update contact set customer_key = 7 where external_id in ('ann', 'cai');
update contact set customer_key = 8 where external_id = 'zed';
insert into survey (source_id, external_id, contact_source_id, contact_external_id, milli_points,
    answered_at, batch_id)
  select 1, name, 1, name, 4000, now(), 1 from happened;
insert into complaint (source_id, external_id, contact_source_id, contact_external_id, agent_id, channel,
    received_at, local_day, batch_id)
  select 1, name, 1, name, null::int, 'call'::channel, now(), day, 1 from happened
  union all values
    (1, 'loose ann', null, null, 1, 'call'::channel, now(), date '2026-03-05', 1),
    (1, 'loose cai', null, null, 2, 'call', now(), date '2026-03-05', 1),
    (1, 'of ann, says cai', 1, 'ann', 2, 'call', now(), date '2026-03-05', 1);
insert into outcome (source_id, external_id, action, contact_source_id, contact_external_id, agent_id,
    channel, occurred_at, local_day, verified, batch_id)
  select source_id, external_id, 'sale', contact_source_id, contact_external_id, agent_id, channel,
    received_at, local_day, true, 1 from complaint;
insert into tally_agent_day (agent_id, local_day, queue_id, channel, assisted)
  select coalesce(agent_id, 0), day, 1, 'call', false from happened;
insert into tally_agent_time (agent_id, local_day) select coalesce(agent_id, 0), day from happened;
insert into tally_interval (queue_id, channel, starts_at, local_day)
  values (1, 'call', '2026-03-05T00:00Z', '2026-03-05');

insert into agent_skill (agent_id, skill_id, proficiency, from_day, to_day) values
  (1, 1, 0.5, '2026-01-01', null), (2, 1, 0.5, '2026-01-01', null),
  (3, 1, 0.5, '2026-01-01', '2026-03-01'), (3, 1, 0.6, '2026-03-01', null);
insert into adoption (assistant_id, agent_id, from_day, to_day)
  select 1, agent_id, from_day, to_day from agent_skill;
insert into cost_rate (agent_id, party_id, currency, from_day, to_day) values
  (null, 1, 'CNY', '2026-01-01', null), (null, 2, 'CNY', '2026-01-01', null);
insert into cost_rate (agent_id, currency, from_day, to_day)
  select agent_id, 'CNY', from_day, to_day from agent_skill;

-- Offered at one in the morning of the site's day, which is five in the afternoon of UTC's day before.
insert into task (origin, kind, channel, state)
  select name, 'call back', 'call', 'offered' from happened where agent_id is not null;
insert into task (origin, kind, channel) values ('waiting', 'call back', 'call');
insert into assignment (task_id, agent_id, expected_cost, offered_at, lease_until)
  select task.id, agent_id, 0, (day + time '01:00') at time zone 'Asia/Shanghai', now()
  from happened join task on origin = name;
insert into agent_presence
    (agent_id, pool, capacity, capacity_total, state, signed_on_at, last_seen_at, free_since)
  select id, 'own', '{}', 1, 'available', now(),
    case name when 'dee' then timestamptz '2026-04-02T00:00Z' else '2026-03-05T00:00Z' end, now()
  from agent where name <> 'nick';

insert into annotation (from_day, to_day, text, party_id, created_by, created_at, changed_at)
  select '2026-03-05', '2026-03-06', users.text, users.party_id, app_user.id, now(), now()
  from (values ('lotus', 'of lotus', 2), ('lotus too', 'of lotus too', 2), ('manager', 'to lotus', 2),
    ('bank', 'of bank', 1), ('manager', 'of nobody', null)) as users(name, text, party_id)
  join app_user using (name);
insert into threshold (metric, direction, value, days, party_id, created_by, created_at, changed_at)
  select text, 'above', 1, 7, party_id, created_by, now(), now() from annotation;
insert into alert_dismissal (user_id, threshold_id, group_id, day, dismissed_at)
  select app_user.id, threshold.id, app_user.name || ' ' || metric, '2026-03-05', now()
  from app_user cross join threshold;
insert into saved_view (user_id, name, page, search, shared, created_at, changed_at)
  select id, app_user.name || views.name, 'managers', '', views.shared, now(), now()
  from app_user cross join (values (' alone', false), (' shared', true)) as views(name, shared);
