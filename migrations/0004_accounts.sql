-- Local accounts and their sessions. A password is known by its argon2id hash, the secret of a session by
-- its SHA-256, as a token is. Who tried in vain is kept for a while, so that guessing is slow.

alter table app_user add password_hash text;
comment on column app_user.password_hash is 'Argon2id in PHC form; null where nobody signs in with a password.';

create table session (
  id uuid primary key default uuid_v7(),
  user_id uuid not null references app_user,
  -- the token whose link began it: the session ends with its token
  access_token_id uuid references access_token on delete cascade,
  secret_digest bytea not null unique,
  created_at timestamptz not null,
  expires_at timestamptz not null,
  ended_at timestamptz
);
create index session_by_user on session (user_id);

create table failed_sign_in (
  id bigint generated always as identity primary key,
  user_name text not null,
  address text not null,
  failed_at timestamptz not null
);
create index failed_sign_in_by_name on failed_sign_in (user_name, failed_at);
create index failed_sign_in_by_address on failed_sign_in (address, failed_at);
comment on table failed_sign_in is 'Names as they were typed, of accounts or not: an answer must not tell which there are.';

create table audit_entry (
  id bigint generated always as identity primary key,
  at timestamptz not null,
  user_id uuid references app_user,
  action text not null,
  subject text,
  detail jsonb not null default '{}'
);
create index audit_entry_by_time on audit_entry (at);
comment on table audit_entry is 'Who changed what. Written in the transaction of the change where there is one; user_id is null on the command line.';
