-- Work: tasks, who may take them, and who has them. Operation: users, tokens, the run ledger.

create table task (
  id uuid primary key default uuid_v7(),
  -- what the task was made from, so that it is made once: 'contact:3:AA0101|33116|990101', 'api:<key>'
  origin text not null unique,
  kind text not null,
  channel channel not null,
  site_id integer references site,
  queue_id integer references queue,
  skill_id integer references skill,
  min_proficiency double precision not null default 0 check (min_proficiency between 0 and 1),
  priority integer not null default 0,
  due_at timestamptz,
  expected_seconds integer not null default 300 check (expected_seconds > 0),
  customer_key bigint,
  contact_source_id integer references source,
  contact_external_id text,
  detail jsonb not null default '{}',
  state task_state not null default 'waiting',
  not_before timestamptz not null default now(),
  created_at timestamptz not null default now(),
  done_at timestamptz,
  result jsonb,
  check ((state = 'done') = (done_at is not null))
);
create index task_waiting on task (priority desc, due_at, id) where state = 'waiting';
create index task_by_need on task
  (coalesce(skill_id, 0), channel, min_proficiency, priority desc, due_at, id)
  where state = 'waiting';
create index task_done on task (done_at) where state = 'done';
create index task_by_customer on task (customer_key) where customer_key is not null;

create table agent_presence (
  agent_id integer primary key references agent,
  pool pool not null,
  -- how many pieces of work of a channel the agent takes at once, and in all
  capacity jsonb not null,
  capacity_total integer not null check (capacity_total > 0),
  state text not null check (state in ('available', 'aux')),
  signed_on_at timestamptz not null,
  last_seen_at timestamptz not null,
  free_since timestamptz not null
);
comment on table agent_presence is 'Agents who are signed on now. Signing off deletes the row.';

create table assignment (
  id uuid primary key default uuid_v7(),
  task_id uuid not null references task,
  agent_id integer not null references agent,
  state assignment_state not null default 'offered',
  expected_cost double precision not null,
  why jsonb not null default '{}',
  offered_at timestamptz not null,
  accepted_at timestamptz,
  ended_at timestamptz,
  lease_until timestamptz not null,
  check ((state in ('offered', 'accepted')) = (ended_at is null))
);
-- The two laws of dispatch, held by the database: one owner at a time, done once.
create unique index assignment_one_owner on assignment (task_id) where state in ('offered', 'accepted');
create unique index assignment_done_once on assignment (task_id) where state = 'done';
create index assignment_open_by_agent on assignment (agent_id) where state in ('offered', 'accepted');
create index assignment_lease on assignment (lease_until) where state in ('offered', 'accepted');
create index assignment_by_task on assignment (task_id, offered_at);
create index assignment_declined on assignment (ended_at) where state = 'returned';
create index assignment_recent on assignment (offered_at desc, id desc);

create table app_user (
  id uuid primary key default uuid_v7(),
  name text not null unique,
  role role not null,
  party_id integer references party,
  agent_id integer references agent,
  created_at timestamptz not null default now(),
  disabled_at timestamptz,
  check (role <> 'vendor' or party_id is not null),
  check (role <> 'agent' or agent_id is not null)
);

create table access_token (
  id uuid primary key default uuid_v7(),
  user_id uuid not null references app_user,
  name text not null,
  token_digest bytea not null unique,
  created_at timestamptz not null default now(),
  expires_at timestamptz not null,
  revoked_at timestamptz,
  last_used_at timestamptz
);
comment on column access_token.token_digest is 'SHA-256 of the token; the token itself is shown once and never stored.';

create table job_run (
  id uuid primary key default uuid_v7(),
  job text not null,
  scheduled_for timestamptz not null,
  state run_state not null,
  started_at timestamptz,
  finished_at timestamptz,
  owner text,
  heartbeat_at timestamptz,
  stop_requested_at timestamptz,
  progress jsonb,
  result jsonb,
  error jsonb,
  reason text not null default 'scheduled' check (reason in ('scheduled', 'catch_up', 'by_hand')),
  unique (job, scheduled_for)
);
create index job_run_open on job_run (job) where state in ('running', 'interrupted');
-- The list is by slot: missed slots have no start.
create index job_run_by_slot on job_run (scheduled_for desc, id desc);

create table idempotency_key (
  user_id uuid not null references app_user,
  key text not null,
  request_digest bytea not null,
  status integer,
  response jsonb,
  created_at timestamptz not null default now(),
  primary key (user_id, key)
);
