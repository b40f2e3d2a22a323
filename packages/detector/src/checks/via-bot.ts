import { isNewcomer, messageOf, nothing, type Check } from './check.ts';

/** Inline bots that Telegram's own pages name. Source: https://core.telegram.org/bots/inline */
const ORDINARY: ReadonlySet<string> = new Set([
  'gif',
  'vid',
  'pic',
  'bing',
  'wiki',
  'imdb',
  'bold',
  'youtube',
  'music',
  'foursquare',
  'sticker',
  'like',
  'vote',
]);

export const viaBot: Check = {
  name: 'viaBot',
  describe: 'Messages sent through an inline bot, those with links above all',
  weights: [0.4, 0.8],
  find: ({ prepared, context }) => {
    const bot = messageOf(prepared)?.viaBot;
    if (!bot) return nothing('not sent through a bot');
    if (prepared.links.some((link) => link.from !== 'name')) {
      return { weight: 0.8, reason: 'sent through a bot, with links' };
    }
    if (ORDINARY.has(bot.username?.toLowerCase() ?? '')) return nothing('sent through an ordinary bot');
    return isNewcomer(context)
      ? { weight: 0.4, reason: 'sent through a bot by a newcomer' }
      : nothing('sent through a bot');
  },
};
