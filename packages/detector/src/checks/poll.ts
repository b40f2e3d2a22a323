import { isNewcomer, messageOf, nothing, type Check } from './check.ts';
import { leadsAway } from './payload.ts';

export const poll: Check = {
  name: 'poll',
  describe: 'Polls and checklists of newcomers, above all those whose words lead elsewhere',
  weights: [0.4, 2.4],
  payload: true,
  find: ({ prepared, context }) => {
    const message = messageOf(prepared);
    const kind = message?.attachments.find((one) => one === 'poll' || one === 'checklist');
    if (!message || kind === undefined) return nothing('no poll');
    const newcomer = isNewcomer(context);
    const leads = leadsAway(message.attachmentText ?? '') || (message.attachmentUrls?.length ?? 0) > 0;
    if (leads) return { weight: newcomer ? 2.4 : 0.5, reason: `a ${kind} that leads elsewhere` };
    if (!newcomer) return nothing(`a ${kind}`);
    return { weight: kind === 'poll' ? 0.4 : 0.8, reason: `a ${kind} from a newcomer` };
  },
};
