create table credential (
  username text primary key,
  password text not null,
  totp     text,
  set_at   timestamptz not null
);

create table session (
  token_hash text primary key,
  username   text not null,
  started_at timestamptz not null,
  seen_at    timestamptz not null,
  address    text not null
);
create index session_username on session (username);

create table sign_in_failure (
  username text not null,
  address  text not null,
  at       timestamptz not null
);
create index sign_in_failure_at on sign_in_failure (address, at);

-- Paired screens and machines: each bears a token of which only the hash is kept.
create table bearer (
  id         uuid primary key,
  sort       text not null check (sort in ('screen', 'key')),
  name       text not null,
  scopes     text[] not null default '{}',
  token_hash text not null unique,
  made_by    text not null,
  made_at    timestamptz not null,
  revoked_at timestamptz
);

create table screen_code (
  code_hash text primary key,
  made_by   text not null,
  expires_at timestamptz not null
);
