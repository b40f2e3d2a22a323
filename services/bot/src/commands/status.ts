import { describeRights } from '../rights/bot-rights.ts';
import type { Command } from './command.ts';

const LIST_MAX = 500;
const DAY_MS = 86_400_000;

export const status: Command = {
  name: 'status',
  description: 'mode, my rights, what happened lately',
  inPrivate: () => 'I am up. Ask me in a group of yours: there /status tells its mode and what I may do.',
  inGroup: async ({ known, event }, deps) => {
    const { groupId } = known.group;
    const policy = deps.settings.policyOf(groupId);
    const facts = await deps.facts.factsOf(event.chatId);
    const since = deps.clock.now() - DAY_MS;
    const recent = (await deps.store.decisions.listDecisions({ groupId, limit: LIST_MAX })).filter(
      (decision) => decision.decidedAt >= since,
    );
    const count = (band: string) => recent.filter((decision) => decision.band === band).length;
    const more = recent.length === LIST_MAX ? ' at least' : '';
    return [
      `Mode: ${policy.mode}, preset ${policy.preset}`,
      `Rights: ${facts.rights ? describeRights(facts.rights) : 'not known yet'}`,
      `Last 24 hours:${more} ${count('act')} judged spam, ${count('ask')} shown to moderators`,
    ].join('\n');
  },
};
