import { isBlank } from '../prepare/blank.ts';
import { messageOf, nothing, type Check } from './check.ts';

export const hiddenPreviewLink: Check = {
  name: 'hiddenPreviewLink',
  describe: 'Links that nobody sees in the text: only the preview shows them, or they lie behind invisible characters',
  weights: [2, 2.3],
  payload: true,
  find: ({ prepared }) => {
    const message = messageOf(prepared);
    const preview = prepared.links.find((link) => link.from === 'preview');
    const shown = prepared.links.some((link) => link.from !== 'preview' && link.host === preview?.host);
    if (preview && !shown) {
      const above = message?.linkPreview?.aboveText;
      return { weight: above ? 2.3 : 2, reason: `a link to ${preview.host} that only the preview shows` };
    }
    const unseen = message?.entities.some(
      ({ type, offset, length }) => type === 'text_link' && isBlank(message.text.slice(offset, offset + length)),
    );
    return unseen ? { weight: 2, reason: 'a link behind invisible characters' } : nothing('no hidden links');
  },
};
