import type { Command, CommandDeps } from './command.ts';

/** Bots must answer /privacy. Source: https://telegram.org/tos/bot-developers section 4. */
function policy({ contact, modelHost }: CommandDeps): string {
  return [
    'Privacy',
    '',
    '- Every message of the group is checked for spam while it passes through; the text of an allowed message is not kept.',
    '- Of a message that was removed or shown to moderators the text is kept encrypted, at most 7 days.',
    '- You appear in our records under a pseudonym made with a key of your group. Your Telegram id is kept only',
    '  encrypted, and only while a restriction or a ban of yours may have to be lifted.',
    '- That messages of yours were judged spam is remembered for 180 days, without their text.',
    `- Nothing is used to train models, and nothing is passed on${modelHost === undefined ? '.' : ', but for this:'}`,
    ...(modelHost === undefined ? [] : [shownToModel(modelHost)]),
    '- In a private chat with me, /mydata shows what is kept about you, and /forget has it forgotten.',
    '',
    `Contact: ${contact}`,
  ].join('\n');
}

function shownToModel(host: string): string {
  return (
    `- Where it is doubtful whether a message is spam, a language model at ${host} is asked. It gets the words without ` +
    'names, handles, numbers and addresses, and not who wrote them.'
  );
}

export const privacy: Command = {
  name: 'privacy',
  description: 'what is kept about you, and for how long',
  inPrivate: (_call, deps) => policy(deps),
  inGroup: (_call, deps) => Promise.resolve(policy(deps)),
};
