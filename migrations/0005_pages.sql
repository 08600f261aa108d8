-- What people add to the pages (notes on days, views, thresholds), who saw whose figures, files that are
-- dropped in a browser, rows tried again, two names of one agent, and payments as evidence of outcomes.

create table annotation (
  id uuid primary key default uuid_v7(),
  from_day date not null,
  to_day date not null check (to_day > from_day),
  text text not null check (length(text) between 1 and 500),
  party_id integer references party,
  created_by uuid not null references app_user,
  created_at timestamptz not null,
  changed_at timestamptz not null
);
create index annotation_by_day on annotation (from_day);
comment on column annotation.party_id is 'Whose people see it beside those who see everything; null: only these.';
comment on column annotation.to_day is 'The day after the last.';

create table saved_view (
  id uuid primary key default uuid_v7(),
  user_id uuid not null references app_user,
  name text not null check (length(name) between 1 and 100),
  page text not null,
  search text not null,
  shared boolean not null default false,
  created_at timestamptz not null,
  changed_at timestamptz not null,
  unique (user_id, name)
);
comment on column saved_view.search is 'The part of the address after the question mark: filters, comparison, tab.';
comment on column saved_view.shared is 'Others may open it. What they see in it is bound by what they may see.';

create table threshold (
  id uuid primary key default uuid_v7(),
  metric text not null,
  direction text not null check (direction in ('above', 'below')),
  value double precision not null,
  grouping text check (grouping in ('party', 'team', 'queue', 'channel')),
  days integer not null check (days between 1 and 366),
  filter jsonb not null default '{}',
  party_id integer references party,
  created_by uuid not null references app_user,
  created_at timestamptz not null,
  changed_at timestamptz not null
);
comment on column threshold.grouping is 'Each group is held against it; null: all together.';
comment on column threshold.days is 'The last so many days there is data for.';
comment on column threshold.party_id is 'The party whose user made it, and whose figures alone it looks at; null: no bounds.';

create table individual_view (
  id bigint generated always as identity primary key,
  at timestamptz not null,
  user_id uuid not null references app_user,
  route text not null,
  agents integer[] not null,
  query jsonb not null
);
create index individual_view_by_time on individual_view (at);
create index individual_view_by_agent on individual_view using gin (agents);
comment on table individual_view is 'Who saw whose individual figures: one row a user, route, question and hour.';

create table upload (
  id uuid primary key default uuid_v7(),
  file_name text not null,
  bytes bigint not null,
  uploaded_by uuid not null references app_user,
  uploaded_at timestamptz not null,
  removed_at timestamptz
);
comment on table upload is 'A file dropped in a browser, kept in the data folder under its id until it is removed.';

alter table batch add upload_id uuid references upload, add header text;
comment on column batch.header is 'The header of its file as it stood there: without it a row that was rejected cannot be read again.';

alter table reject add taken_at timestamptz;
comment on column reject.taken_at is 'When the row was taken after all, with a mapping put right. It is kept, and counts no more.';

alter table agent add joined_into integer references agent, add check (joined_into <> id);
create index agent_joined on agent (joined_into) where joined_into is not null;
comment on column agent.joined_into is 'The same person under another name. Facts keep the name of their log; reports count under the person.';

create table agent_join (
  id uuid primary key default uuid_v7(),
  agent_id integer not null references agent,
  into_agent_id integer not null references agent,
  joined_by uuid references app_user,
  joined_at timestamptz not null,
  undone_by uuid references app_user,
  undone_at timestamptz,
  check (agent_id <> into_agent_id)
);
create unique index agent_join_standing on agent_join (agent_id) where undone_at is null;

create view person as select id as agent_id, coalesce(joined_into, id) as person_id from agent;
comment on view person is 'Every agent and the one that it counts as. Tallies are additive, so a join is made where they are read.';

create table payment (
  source_id integer not null,
  external_id text not null,
  contact_source_id integer,
  contact_external_id text,
  agent_id integer,
  queue_id integer,
  customer_key bigint,
  paid_at timestamptz not null,
  local_day date not null,
  amount_minor bigint not null,
  currency char(3) not null,
  returned_at timestamptz check (returned_at >= paid_at),
  reference text,
  findings text[],
  batch_id integer not null,
  line integer,
  input_rows integer not null default 1,
  primary key (source_id, external_id),
  check ((contact_source_id is null) = (contact_external_id is null))
);
create index payment_by_customer on payment using hash (customer_key) where customer_key is not null;
create index payment_by_day on payment using brin (local_day);
comment on table payment is 'A customer''s payment as the bank''s books have it: evidence of outcomes such as a promise kept.';
comment on column payment.returned_at is 'When it was returned unpaid; null where it stands.';
