-- The book: one row of it is the only lock, and gives numbers in commit order.
create table book (
  one   boolean primary key default true check (one),
  id    uuid    not null,
  place text    not null,
  head  bigint  not null default 0,
  hash  text    not null,
  at    timestamptz not null,
  last_no jsonb not null default '{}'
);

create table entry (
  seq      bigint primary key,
  at       timestamptz not null,
  by       text   not null,
  command  text   not null,
  kind     text   not null,
  id       uuid   not null,
  version  integer not null,
  type     text   not null,
  data     jsonb  not null,
  cause    bigint,
  personal text,
  prev     text   not null,
  hash     text   not null,
  unique (kind, id, version)
);
create index entry_at on entry (at);

-- The law of the book in the database itself: what is written stays written.
create function refuse_change() returns trigger language plpgsql as $$
begin
  raise exception 'the book is only ever added to' using errcode = 'insufficient_privilege';
end $$;
create trigger entry_stays before update or delete on entry for each row execute function refuse_change();
create trigger entry_stays_whole before truncate on entry for each statement execute function refuse_change();

-- Citizens' identifying words: the entry holds only their salted hash, so they can be destroyed (应对法 §85).
create table personal (
  seq  bigint primary key references entry (seq),
  kind text not null,
  id   uuid not null,
  salt text not null,
  data jsonb not null
);
create index personal_thing on personal (kind, id);

-- Asking twice is asking once: who asked, under which id, for what, and what came of it.
create table command (
  caller text not null,
  id     text not null,
  hash   text not null,
  kind   text not null,
  thing  uuid not null,
  seq    bigint not null,
  version integer not null,
  at     timestamptz not null,
  primary key (caller, id)
);

create table state (
  kind    text    not null,
  id      uuid    not null,
  version integer not null,
  seq     bigint  not null,
  data    jsonb   not null,
  open    boolean not null,
  wake_at timestamptz,
  set_aside text,
  at      timestamptz not null,
  keys    jsonb   not null default '{}',
  about   uuid,
  units   text[]  not null default '{}',
  people  text[]  not null default '{}',
  terms   text[]  not null default '{}',
  primary key (kind, id)
);
create index state_open  on state (kind) where open;
create index state_wake  on state (wake_at) where wake_at is not null and set_aside is null;
create index state_list  on state (kind, at desc, id desc);
create index state_about on state (about) where about is not null;
create index state_seq   on state (seq);
create index state_keys  on state using gin (keys jsonb_path_ops);
create index state_terms on state using gin (terms);
create index state_units on state using gin (units);
