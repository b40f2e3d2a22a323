-- Who steers a group from outside, so that what was done for it can be undone when nobody is left to ask: routes, locks and
-- claims of a TelegramGroup that went by force. A row outlives its group.
create table steered_group (
  group_id text collate "C" primary key,
  -- As the claimant stated it.
  chat_id bigint not null,
  -- The cluster, or what else tells those apart that share this database.
  cluster text collate "C" not null,
  -- "namespace/name", as in claim.
  claimant text collate "C" not null
);
create index steered_group_cluster on steered_group (cluster);

-- Whether something in the topic was never judged: then the shared detectors consume it.
alter table retired_topic add column unread boolean not null default false;
