-- Alerts that an account has put away, and rejected rows in the order in which they are tried again.

create table alert_dismissal (
  user_id uuid not null references app_user,
  threshold_id uuid not null references threshold on delete cascade,
  group_id text not null,
  day date not null,
  dismissed_at timestamptz not null,
  primary key (user_id, threshold_id, group_id)
);
create index alert_dismissal_by_threshold on alert_dismissal (threshold_id);
comment on table alert_dismissal is 'What an account has seen of a threshold and put away: others are told of it still.';
comment on column alert_dismissal.group_id is 'The id of the group as the API gives it, a channel by its name; empty for all together.';
comment on column alert_dismissal.day is 'The last day there was data for. The run of days that it lies in is put away, a later one is not.';

-- A vendor's account: its own, of thresholds that it sees.
alter table alert_dismissal enable row level security;
create policy own on alert_dismissal for all to muster_bounded
  using (user_id = (select bound_user())
    and exists (select from threshold where threshold.id = threshold_id))
  with check (user_id = (select bound_user())
    and exists (select from threshold where threshold.id = threshold_id));
grant select, insert, update on alert_dismissal to muster_bounded;

-- A portion of a million rejects is found without sorting them all.
create index reject_open on reject (source_id, batch_id, line, raw_digest) where taken_at is null;
