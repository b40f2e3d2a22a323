-- A question to a language model about one message that was also put to the moderators. One row per event: who asks
-- again finds it there. The verdict is kept whole, without a word of the message, since one that goes further repeats it.
create table llm_ask (
  event_id uuid primary key,
  verdict_id uuid not null,
  group_id text collate "C" not null,
  sender_key uuid not null,
  asked_at bigint not null,
  verdict jsonb not null,
  -- `escalating` has its opinion; its verdict is published until there is a decision.
  state text not null default 'open' check (state in ('open', 'escalating', 'closed')),
  claimed_until bigint not null default 0,
  not_before bigint not null default 0,
  tries integer not null default 0,
  -- Why it is closed.
  result text check (result in ('escalated', 'noted', 'decided', 'expired', 'unreadable', 'unanswered', 'off')),
  answered_at bigint,
  -- Of our own words, and revision of the settings that held the group's.
  prompt_version text,
  spam boolean,
  confidence double precision,
  -- The model's own words may quote the message, so they are sealed with the group's key.
  sealed_reason bytea,
  -- Keyed hash of the question: copies of a message share an answer.
  question uuid
) with (fillfactor = 70);
create index llm_ask_waiting on llm_ask (group_id, asked_at) where state <> 'closed';
create index llm_ask_answered on llm_ask (group_id, question, answered_at) where question is not null;
create index llm_ask_asked on llm_ask (asked_at);
-- Whether the moderators were asked and have answered.
create index card_event on card (event_id);

-- Calls begun on a day (UTC), which are what costs.
create table llm_day (
  group_id text collate "C" not null,
  day date not null,
  calls integer not null,
  primary key (group_id, day)
) with (fillfactor = 50);
