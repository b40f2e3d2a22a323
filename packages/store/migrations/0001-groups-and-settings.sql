-- In every table of this folder: times are epoch milliseconds (bigint), ids of 128 bits are uuid, Telegram ids are bigint.

-- The one counter of everything that may change while the system runs. Its row lock makes changes commit in the order
-- of their revisions: who has seen revision n has seen everything before it.
create table revision (
  only_row boolean primary key default true check (only_row),
  value bigint not null
);
insert into revision (value) values (0);

create table chat_group (
  group_id text collate "C" primary key,
  bot_id bigint not null,
  chat_id bigint not null unique,
  type text not null check (type in ('group', 'supergroup')),
  title text not null,
  username text
);

-- Former chat ids of a group that Telegram moved.
create table chat_alias (
  chat_id bigint primary key,
  group_id text collate "C" not null
);

-- Never overwritten: a verdict's revision finds the policy that it was judged by.
create table policy (
  group_id text collate "C" not null,
  revision bigint not null,
  policy jsonb not null,
  primary key (group_id, revision)
);
create index policy_revision on policy (revision);
