import { nothing, type Check } from './check.ts';

export const edits: Check = {
  name: 'edits',
  describe: 'Edits that bring in a link',
  find: ({ prepared }) => {
    if (prepared.event.kind !== 'MessageEdited') return nothing('not edited');
    const leads = prepared.links.some((link) => link.from !== 'name');
    return leads ? { weight: 1, reason: 'an edit with a link' } : nothing('an edit without links');
  },
};
