-- Groups that are no more, so that every process forgets what it knows of them: their settings, chats and keys.
create table erased_group (
  group_id text collate "C" primary key,
  revision bigint not null
);
create index erased_group_revision on erased_group (revision);
