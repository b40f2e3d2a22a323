-- Who may steer a chat from outside: a claimant, by a code that the chat's owner sends to the bot. Keyed by the chat id that
-- the claimant stated, which may be a former one, or of a chat that the bot has not seen yet.
create table claim (
  chat_id bigint not null,
  -- "namespace/name" of what claims it.
  claimant text collate "C" not null,
  code text not null,
  expires_at bigint not null,
  -- Wrong codes that were tried in this chat since.
  tries integer not null default 0,
  proven_at bigint,
  primary key (chat_id, claimant)
);
create unique index claim_proven on claim (chat_id) where proven_at is not null;
