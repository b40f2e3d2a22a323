-- One chat's queue of actions as one bot sees it. Who holds it carries out its rows; the epoch, raised by each claim,
-- tells the holder from a former one.
create table lane (
  bot_id bigint not null,
  chat_id bigint not null,
  group_id text collate "C" not null,
  epoch bigint not null default 0,
  holder text,
  expires_at bigint not null default 0,
  blocked_until bigint not null default 0,
  primary key (bot_id, chat_id)
) with (fillfactor = 50);

-- The ledger, and the outbox of what was done. `outcome` and `ended_at` come together. No index mentions `state`, so
-- that going to `sending` and back touches none: the rows in work are those without an end.
create table action (
  id uuid primary key,
  -- Order of planning: decisions in their order, and their actions in theirs.
  position bigint not null generated always as identity,
  group_id text collate "C" not null,
  bot_id bigint not null,
  chat_id bigint not null,
  state text not null default 'planned' check (state in ('planned', 'sending', 'done', 'failed')),
  tries integer not null default 0,
  -- Epoch of the lane when the row was last taken.
  sent_epoch bigint not null default 0,
  not_before bigint not null default 0,
  outcome jsonb,
  ended_at bigint,
  told_at bigint,
  action jsonb not null
) with (fillfactor = 80);
create index action_open on action (bot_id, chat_id, position) where ended_at is null;
create index action_untold on action (position) where ended_at is not null and told_at is null;
