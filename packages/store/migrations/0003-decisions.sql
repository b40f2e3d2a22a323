-- One per event and stage: the first that is committed wins.
create table decision (
  event_id uuid not null,
  stage text not null,
  verdict_id uuid not null,
  group_id text collate "C" not null,
  message_id bigint,
  band text not null,
  mode text not null,
  sender_key uuid not null,
  occurred_at bigint not null,
  decided_at bigint not null,
  -- Counts against the sender: an act, unless a person said ham; an ask when a person said spam.
  offence boolean not null,
  -- The newest word of a person on this message.
  corrected text check (corrected in ('spam', 'ham')),
  decision jsonb not null,
  primary key (event_id, stage)
);
create index decision_message on decision (group_id, message_id);
create index decision_newest on decision (group_id, decided_at);
create index decision_offence on decision (group_id, sender_key, occurred_at) where offence;

create table correction (
  id uuid primary key,
  position bigint not null generated always as identity,
  group_id text collate "C" not null,
  message_id bigint not null,
  label text not null check (label in ('spam', 'ham')),
  told_at bigint,
  correction jsonb not null
);
create index correction_message on correction (group_id, message_id, position);
create index correction_untold on correction (position) where told_at is null;

-- A question to the moderators about one message.
create table card (
  id uuid primary key,
  group_id text collate "C" not null,
  bot_id bigint not null,
  chat_id bigint not null,
  event_id uuid not null,
  verdict_id uuid not null,
  message_id bigint not null,
  sender_key uuid not null,
  sender_as text not null,
  sender_sealed text,
  traceparent text not null,
  state text not null default 'planned' check (state in ('planned', 'open', 'closed')),
  card_chat_id bigint,
  card_message_id bigint
);
create index card_open on card (group_id, message_id) where state <> 'closed';
