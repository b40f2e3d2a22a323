/** /mydata: everything that is kept about the person who asks, in private only. */
import type { Millis } from '@chatwarden/contracts';
import { openText } from '@chatwarden/keys';
import type { PersonRecord } from '@chatwarden/store';
import { keysOfPerson } from '../privacy/keys-of-person.ts';
import type { Command, CommandDeps } from './command.ts';

/** Telegram takes 4096 characters; the rest of one text says nothing new. */
const TEXT_MAX = 300;
const ANSWER_MAX = 3800;

export const myData: Command = {
  name: 'mydata',
  description: 'what is kept about you (in a private chat)',
  inPrivate: async ({ message }, deps) => {
    const keys = await keysOfPerson(message.from?.id ?? 0, { ...deps, groups: deps.store.groups });
    const records = await deps.store.persons.findPerson(keys, deps.clock.now());
    if (records.length === 0) return 'Nothing is kept about you.';
    const told: string[] = [];
    for (const record of records) told.push(await describe(record, deps));
    const answer = [...told, 'Say /forget to have it forgotten.'].join('\n\n');
    return answer.length <= ANSWER_MAX ? answer : `${answer.slice(0, ANSWER_MAX)}\n... and more of the same.`;
  },
  inGroup: () => Promise.resolve('Ask me in a private chat: what is kept about you is nobody else’s business.'),
};

async function describe(record: PersonRecord, deps: CommandDeps): Promise<string> {
  const { title, firstSeenAt, allowedCount, standing, decisions, sanction } = record;
  return [
    title,
    ...(firstSeenAt === undefined ? [] : [`- first seen on ${day(firstSeenAt)}, ${allowedCount} allowed messages`]),
    ...(standing === 'none' ? [] : [`- moderators: ${standing}`]),
    ...(decisions === 0 ? [] : [`- ${decisions} messages were judged spam or shown to moderators`]),
    ...(sanction === undefined
      ? []
      : [`- a ${sanction.kind === 'ban' ? 'ban' : 'restriction'} ${end(sanction.until)}; until then your id is kept`]),
    ...(await texts(record, deps)),
  ].join('\n');
}

async function texts({ groupId, evidence }: PersonRecord, { keys }: CommandDeps): Promise<string[]> {
  if (evidence.length === 0) return [];
  const key = await keys.key(groupId, 'seal');
  return [
    '- texts of yours that are kept, encrypted, for 7 days:',
    ...evidence.map(({ verdictId, at, sealed }) => {
      const { text = '' } = JSON.parse(openText(key, { groupId, rowId: verdictId }, sealed)) as { text?: string };
      return `  ${day(at)}: ${text === '' ? '(no text)' : text.slice(0, TEXT_MAX)}`;
    }),
  ];
}

function day(at: Millis): string {
  return new Date(at).toISOString().slice(0, 10);
}

function end(until: Millis | undefined): string {
  return until === undefined ? 'without an end' : `until ${new Date(until).toISOString().slice(0, 16)} UTC`;
}
