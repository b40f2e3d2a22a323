import { placeOf } from '../prepare/host.ts';
import { isNewcomer, messageOf, nothing, type Check } from './check.ts';
import { isHarmless } from './payload.ts';

const OWN = 4;
/** Posts of honest channels have buttons too, and keep them when somebody forwards them. */
const FORWARDED = 2.4;

/** People cannot attach buttons: a bot made the message, or it was forwarded. */
export const keyboard: Check = {
  name: 'keyboard',
  describe: 'Buttons under a message of somebody who cannot attach buttons; those that lead elsewhere above all',
  weights: [0.8, 4],
  payload: true,
  find: ({ prepared, context }) => {
    const buttons = messageOf(prepared)?.buttons ?? [];
    if (buttons.length === 0) return nothing('no buttons');
    const newcomer = isNewcomer(context);
    const leading = buttons.filter((button) => button.url !== undefined && leadsElsewhere(button.url)).length;
    if (leading > 0) {
      const weight = messageOf(prepared)?.forward ? FORWARDED : OWN;
      return { weight: newcomer ? weight : weight / 2, reason: `${leading} button(s) that lead elsewhere` };
    }
    return newcomer
      ? { weight: 0.8, reason: `${buttons.length} button(s) from a newcomer` }
      : nothing('buttons to press');
  },
};

function leadsElsewhere(url: string): boolean {
  const place = placeOf(url);
  return place === undefined || !isHarmless(place);
}
