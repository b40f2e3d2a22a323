create table dead_letter (
  position bigint primary key generated always as identity,
  topic text not null,
  consumer_group text not null,
  record_id text not null,
  reason text not null,
  at bigint not null
);
-- A record that could not even be read has no id.
create unique index dead_letter_record on dead_letter (topic, consumer_group, record_id) where record_id <> '';

-- Expiry is by the clock of the database, which all holders share.
create table lease (
  name text primary key,
  holder text not null,
  epoch bigint not null,
  expires_at timestamptz not null
) with (fillfactor = 50);
