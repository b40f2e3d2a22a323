-- Who posted what of late, across groups: keys are keyed digests of what copies share (a fingerprint of the text, a host, a
-- file, a phone number). Days come by add_day and go by drop_days; 48 hours are looked back.
create table campaign_sighting (
  day date not null,
  key uuid not null,
  group_id text collate "C" not null,
  sender uuid not null,
  sender_as text not null,
  message_id bigint not null,
  event_id uuid not null,
  at bigint not null,
  -- Of a sender without a record.
  newcomer boolean not null,
  -- Judged act, or swept.
  bad boolean not null,
  primary key (key, group_id, message_id, day)
) partition by range (day);

-- The newest of a key, and those that may still be removed, are found without walking past a campaign of thousands.
create index campaign_sighting_newest on campaign_sighting (key, at);
create index campaign_sighting_open on campaign_sighting (key, at) where newcomer and not bad;
