-- The spine: who, what happened, tallies, work, operation.
-- Instants are timestamptz in UTC, days are made in the site's zone, money is in minor units.
-- Dimensions have a small integer key inside (facts carry it) and a UUIDv7 outside (HTTP shows it).

create function uuid_v7() returns uuid language sql volatile parallel safe as $$
  select encode(
    set_bit(set_bit(
      overlay(uuid_send(gen_random_uuid())
        placing substring(int8send(floor(extract(epoch from clock_timestamp()) * 1000)::bigint) from 3)
        from 1 for 6),
      52, 1), 53, 1),
    'hex')::uuid
$$;
comment on function uuid_v7 is 'A UUID of version 7: 48 bits of milliseconds, then chance (RFC 9562).';

create type channel as enum ('call', 'chat', 'email', 'message', 'ticket');
create type contact_outcome as enum
  ('handled', 'abandoned', 'redirected', 'left_before_queue', 'phantom', 'unfinished');
create type agent_kind as enum ('human', 'ai');
create type party_kind as enum ('client', 'vendor');
create type pool as enum ('own', 'vendor', 'on_call', 'ai');
create type agent_state_kind as enum ('signed_on', 'available', 'aux', 'scheduled', 'paid');
create type role as enum ('administrator', 'manager', 'planner', 'vendor', 'agent');
create type batch_state as enum ('running', 'done', 'failed', 'interrupted');
create type task_state as enum ('waiting', 'offered', 'accepted', 'done', 'cancelled');
create type assignment_state as enum ('offered', 'accepted', 'done', 'returned', 'expired');
create type run_state as enum ('running', 'done', 'failed', 'stopped', 'missed', 'interrupted');

-- operation ---------------------------------------------------------------------------------------

create table installation (
  only_row boolean primary key default true check (only_row),
  key_fingerprint text not null,
  created_at timestamptz not null default now(),
  demo jsonb
);
comment on table installation is
  'One row. key_fingerprint ties the store to the key its customer HMACs were made with; the key itself is never stored here.';

create table site (
  id integer generated always as identity primary key,
  uuid uuid not null unique default uuid_v7(),
  name text not null unique,
  zone text not null
);
comment on column site.zone is 'IANA time zone in which days, weeks and hours of the site are made.';

-- who ---------------------------------------------------------------------------------------------

create table party (
  id integer generated always as identity primary key,
  uuid uuid not null unique default uuid_v7(),
  name text not null unique,
  kind party_kind not null
);

create table team (
  id integer generated always as identity primary key,
  uuid uuid not null unique default uuid_v7(),
  party_id integer not null references party,
  name text not null,
  unique (party_id, name)
);

create table agent (
  id integer generated always as identity primary key,
  uuid uuid not null unique default uuid_v7(),
  site_id integer not null references site,
  name text not null,
  kind agent_kind not null default 'human',
  hired_on date,
  left_on date,
  -- false: only ever seen in a log, never in the organisation
  registered boolean not null default false,
  unique (site_id, name)
);

create table agent_alias (
  site_id integer not null references site,
  name text not null,
  agent_id integer not null references agent,
  primary key (site_id, name)
);
comment on table agent_alias is 'Every name a log uses for an agent, its own among them.';

create table membership (
  agent_id integer not null references agent,
  team_id integer not null references team,
  from_day date not null,
  to_day date,
  primary key (agent_id, from_day),
  check (to_day is null or to_day > from_day)
);
comment on table membership is 'Which team an agent was in, from a day on and before another: looked up as of the day of the contact.';

create table skill (
  id integer generated always as identity primary key,
  uuid uuid not null unique default uuid_v7(),
  name text not null unique
);

create table agent_skill (
  agent_id integer not null references agent,
  skill_id integer not null references skill,
  proficiency double precision not null check (proficiency > 0 and proficiency <= 1),
  from_day date not null,
  to_day date,
  primary key (agent_id, skill_id, from_day),
  check (to_day is null or to_day > from_day)
);

create table assistant (
  id integer generated always as identity primary key,
  uuid uuid not null unique default uuid_v7(),
  name text not null unique
);

create table adoption (
  assistant_id integer not null references assistant,
  agent_id integer not null references agent,
  from_day date not null,
  to_day date,
  primary key (agent_id, assistant_id, from_day),
  check (to_day is null or to_day > from_day)
);

create table cost_rate (
  id integer generated always as identity primary key,
  agent_id integer references agent,
  party_id integer references party,
  agent_kind agent_kind,
  per_hour numeric(20, 10) not null default 0,
  per_contact numeric(20, 10) not null default 0,
  per_action numeric(20, 10) not null default 0,
  currency char(3) not null,
  from_day date not null,
  to_day date,
  check (agent_id is not null or party_id is not null),
  check (to_day is null or to_day > from_day),
  unique nulls not distinct (agent_id, party_id, agent_kind, from_day)
);
comment on table cost_rate is 'A rate of one agent goes before one of its party and kind, and that before one of its party.';

create table queue (
  id integer generated always as identity primary key,
  uuid uuid not null unique default uuid_v7(),
  site_id integer not null references site,
  name text not null,
  registered boolean not null default false,
  unique (site_id, name)
);

-- where it came from ------------------------------------------------------------------------------

create table source (
  id integer generated always as identity primary key,
  uuid uuid not null unique default uuid_v7(),
  name text not null unique,
  kind text not null check (kind in ('file', 'folder')),
  place text,
  format text not null,
  mapping jsonb,
  schedule text,
  paused boolean not null default false,
  site_id integer not null references site,
  created_at timestamptz not null default now(),
  check (kind <> 'folder' or place is not null)
);

create table batch (
  id integer generated always as identity primary key,
  uuid uuid not null unique default uuid_v7(),
  source_id integer not null references source,
  file_name text not null,
  file_bytes bigint,
  file_modified_at timestamptz,
  state batch_state not null default 'running',
  started_at timestamptz not null,
  finished_at timestamptz,
  rows bigint not null default 0,
  accepted bigint not null default 0,
  duplicates bigint not null default 0,
  replaced bigint not null default 0,
  rejected bigint not null default 0,
  error jsonb,
  owner text,
  check (rows = accepted + duplicates + replaced + rejected)
);
create index batch_by_source on batch (source_id, file_name, file_modified_at);

create table reject (
  source_id integer not null references source,
  raw_digest bytea not null,
  batch_id integer not null references batch,
  line bigint not null,
  code text not null,
  field text not null,
  value text not null,
  expected text not null,
  raw text not null,
  rejected_at timestamptz not null default now(),
  primary key (source_id, raw_digest)
);
comment on table reject is 'A row that could not be taken, kept whole. The same row rejected again is one reject.';

create table quality_finding (
  source_id integer not null references source,
  code text not null,
  day date,
  agent_id integer references agent,
  queue_id integer references queue,
  count bigint not null,
  detail jsonb not null default '{}',
  batch_id integer references batch,
  found_at timestamptz not null default now(),
  unique nulls not distinct (source_id, code, day, agent_id, queue_id, detail)
);

-- what happened -----------------------------------------------------------------------------------
-- Facts carry the ids of who and where without foreign keys: four of them make an insert three times
-- slower, and a distributed table may not have them. The ids come from look-ups in the same
-- transaction, and `muster db check` proves that none is orphaned.

create table contact (
  source_id integer not null,
  external_id text not null,
  arrived_at timestamptz not null,
  answered_at timestamptz,
  ended_at timestamptz,
  customer_key bigint,
  local_day date not null,
  agent_id integer,
  queue_id integer,
  wait_seconds integer not null check (wait_seconds >= 0),
  talk_seconds integer not null check (talk_seconds >= 0),
  hold_seconds integer not null check (hold_seconds >= 0),
  wrap_seconds integer not null check (wrap_seconds >= 0),
  findings text[],
  batch_id integer not null,
  channel channel not null,
  outcome contact_outcome not null,
  transferred boolean not null default false,
  assisted boolean not null default false,
  follow_up boolean not null default false,
  leg smallint not null default 1 check (leg > 0),
  conversation text,
  reason text,
  primary key (source_id, external_id)
);
-- By hash: keys are random, and a row costs 1.5 µs here where it costs 6 µs in a tree.
create index contact_by_customer on contact using hash (customer_key) where customer_key is not null;
create index contact_by_day on contact using brin (local_day);
create index contact_with_findings on contact (source_id) where findings is not null;
comment on column contact.findings is 'Codes of what looks wrong in this row. It was taken as it is.';
comment on table contact is 'One leg of one customer''s contact with one queue or agent.';
comment on column contact.customer_key is 'The first 64 bits of the HMAC-SHA-256 of the customer''s id under the installation''s key.';

create table agent_state (
  source_id integer not null,
  external_id text not null,
  agent_id integer not null,
  state agent_state_kind not null,
  starts_at timestamptz not null,
  ends_at timestamptz not null,
  findings text[],
  batch_id integer not null,
  primary key (source_id, external_id),
  check (ends_at > starts_at)
);
create index agent_state_by_agent on agent_state (agent_id, starts_at);

create table ticket (
  source_id integer not null,
  external_id text not null,
  opened_at timestamptz not null,
  closed_at timestamptz,
  agent_id integer,
  queue_id integer,
  customer_key bigint,
  reason text,
  priority text,
  events integer not null,
  hand_offs integer not null,
  primary key (source_id, external_id)
);
comment on table ticket is 'Derived from its events: a hand-off is an event of another agent than the one before it.';

create table ticket_event (
  source_id integer not null,
  external_id text not null,
  ticket_external_id text not null,
  at timestamptz not null,
  local_day date not null,
  activity text not null,
  effect text check (effect in ('opened', 'resolved', 'closed', 'reopened')),
  agent_id integer,
  queue_id integer,
  customer_key bigint,
  reason text,
  priority text,
  findings text[],
  batch_id integer not null,
  primary key (source_id, external_id)
);
create index ticket_event_by_ticket on ticket_event (source_id, ticket_external_id, at);

create table survey (
  source_id integer not null,
  external_id text not null,
  contact_source_id integer not null,
  contact_external_id text not null,
  milli_points integer not null check (milli_points between 1000 and 5000),
  answered_at timestamptz not null,
  findings text[],
  batch_id integer not null,
  primary key (source_id, external_id)
);
create index survey_by_contact on survey (contact_source_id, contact_external_id);

create table complaint (
  source_id integer not null,
  external_id text not null,
  contact_source_id integer,
  contact_external_id text,
  agent_id integer,
  queue_id integer,
  channel channel not null,
  customer_key bigint,
  received_at timestamptz not null,
  local_day date not null,
  upheld boolean,
  findings text[],
  batch_id integer not null,
  primary key (source_id, external_id),
  check ((contact_source_id is null) = (contact_external_id is null))
);
create index complaint_by_contact on complaint (contact_source_id, contact_external_id);

create table outcome (
  source_id integer not null,
  external_id text not null,
  action text not null,
  contact_source_id integer,
  contact_external_id text,
  agent_id integer,
  queue_id integer,
  channel channel not null,
  occurred_at timestamptz not null,
  local_day date not null,
  verified boolean not null,
  amount_minor bigint,
  currency char(3),
  findings text[],
  batch_id integer not null,
  primary key (source_id, external_id),
  check ((contact_source_id is null) = (contact_external_id is null)),
  check ((amount_minor is null) = (currency is null))
);
create index outcome_by_contact on outcome (contact_source_id, contact_external_id);

create table log_event (
  source_id integer not null,
  external_id text not null,
  at timestamptz not null,
  local_day date not null,
  activity text not null,
  agent_id integer,
  queue_id integer,
  conversation text,
  detail text not null,
  findings text[],
  batch_id integer not null,
  primary key (source_id, external_id)
);

-- tallies: derived, additive, rebuildable ---------------------------------------------------------
-- Every measure is a count, a sum or a sum of squares of integers, so that adding and taking away is exact.
-- Cells are updated again and again, so their pages keep room for it.
-- 0 stands for "no agent" and "no queue": a key column cannot be null.

create table tally_agent_day (
  agent_id integer not null,
  local_day date not null,
  queue_id integer not null,
  channel channel not null,
  assisted boolean not null,
  contacts bigint not null default 0,
  handled bigint not null default 0,
  abandoned bigint not null default 0,
  redirected bigint not null default 0,
  left_before_queue bigint not null default 0,
  phantom bigint not null default 0,
  unfinished bigint not null default 0,
  transferred bigint not null default 0,
  talk_seconds bigint not null default 0,
  hold_seconds bigint not null default 0,
  wrap_seconds bigint not null default 0,
  handle_seconds bigint not null default 0,
  handle_seconds_squared bigint not null default 0,
  answered_wait_seconds bigint not null default 0,
  abandoned_wait_seconds bigint not null default 0,
  -- handled contacts of a known customer, and how many of those were followed by another contact
  -- of the same customer on any channel within so many days
  customer_known bigint not null default 0,
  repeated_1d bigint not null default 0,
  repeated_7d bigint not null default 0,
  repeated_14d bigint not null default 0,
  repeated_30d bigint not null default 0,
  surveys bigint not null default 0,
  survey_milli_points bigint not null default 0,
  survey_milli_points_squared bigint not null default 0,
  complaints bigint not null default 0,
  complaints_upheld bigint not null default 0,
  actions bigint not null default 0,
  actions_verified bigint not null default 0,
  hand_offs bigint not null default 0,
  tickets_resolved bigint not null default 0,
  primary key (agent_id, local_day, queue_id, channel, assisted)
) with (fillfactor = 60);
create index tally_agent_day_by_day on tally_agent_day (local_day);

create table tally_agent_time (
  agent_id integer not null,
  local_day date not null,
  signed_on_seconds bigint not null default 0,
  available_seconds bigint not null default 0,
  aux_seconds bigint not null default 0,
  scheduled_seconds bigint not null default 0,
  paid_seconds bigint not null default 0,
  primary key (agent_id, local_day)
) with (fillfactor = 60);
create index tally_agent_time_by_day on tally_agent_time (local_day);

create table tally_interval (
  queue_id integer not null,
  channel channel not null,
  starts_at timestamptz not null,
  local_day date not null,
  offered bigint not null default 0,
  handled bigint not null default 0,
  abandoned bigint not null default 0,
  redirected bigint not null default 0,
  handle_seconds bigint not null default 0,
  answered_wait_seconds bigint not null default 0,
  abandoned_wait_seconds bigint not null default 0,
  answered_within_10s bigint not null default 0,
  answered_within_20s bigint not null default 0,
  answered_within_30s bigint not null default 0,
  answered_within_60s bigint not null default 0,
  answered_within_120s bigint not null default 0,
  answered_within_300s bigint not null default 0,
  abandoned_within_10s bigint not null default 0,
  abandoned_within_20s bigint not null default 0,
  abandoned_within_30s bigint not null default 0,
  abandoned_within_60s bigint not null default 0,
  abandoned_within_120s bigint not null default 0,
  abandoned_within_300s bigint not null default 0,
  -- the day too: queue 0 is that of every site, and sites in two zones have two days at one instant
  primary key (queue_id, channel, starts_at, local_day)
) with (fillfactor = 60);
create index tally_interval_by_day on tally_interval (local_day);
comment on table tally_interval is 'Contacts by the quarter of an hour in which they arrived.';
