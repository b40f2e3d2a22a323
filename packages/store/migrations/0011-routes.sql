-- Where the events of a group are published: the shared topic, or one of its own. As with policies the newest row of a
-- group counts, and without any the topic is the shared one.
create table route (
  group_id text collate "C" not null,
  revision bigint not null,
  dedicated boolean not null,
  primary key (group_id, revision)
);
create index route_revision on route (revision);
