-- The journal takes documents of every service: what they are found and counted by.

alter table journal add column service text collate "C", add column level text collate "C";

-- Nearly all documents are `info`: the rest is few, and found without walking past them.
create index journal_level on journal (level, at, event_id) where level in ('warn', 'error', 'fatal');
