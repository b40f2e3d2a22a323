/** An allotment society: English, unhurried, with photos, prices of compost, and links to seed lists. */
import type { Community } from '../content.ts';
import { growersSeason } from './growers-season.ts';
import { growersTrouble } from './growers-trouble.ts';

export const growers: Community = {
  key: 'growers',
  title: 'Allotment and balcony growers',
  username: 'growers_demo',
  languages: ['en'],
  owner: { key: 'marj', first: 'Marjorie', last: 'Pell', username: 'marj_pell_demo', language: 'en' },
  moderator: { key: 'colin', first: 'Colin', last: 'Strake', username: 'colin_strake_demo', language: 'en' },
  members: [
    // Writes in full sentences, signs off politely.
    { key: 'vera', first: 'Vera', last: 'Holm', username: 'vera_grows_demo', language: 'en' },
    // No capitals, no full stops.
    { key: 'tom', first: 'tom', language: 'en' },
    // Delighted by everything.
    { key: 'priya', first: 'Priya', username: 'priya_pots_demo', language: 'en', premium: true },
    { key: 'dai', first: 'Dai', last: 'Prosser', language: 'en' },
    // Has lost his reading glasses, and the caps lock with them.
    { key: 'gus', first: 'Gus', language: 'en' },
    // Knows where to read about it.
    { key: 'lorna', first: 'Lorna', last: 'Quill', username: 'lornaq_demo', language: 'en' },
    // Latin names only.
    { key: 'ines', first: 'Ines', last: 'Duarte', language: 'en' },
    // Dry.
    { key: 'hamish', first: 'Hamish', username: 'hamish_plot9_demo', language: 'en' },
    // Types on the bus.
    { key: 'bex', first: 'Bex', username: 'bexbexbex_demo', language: 'en' },
    // Two words at most.
    { key: 'wen', first: 'Wen', language: 'en' },
    // The long letters.
    { key: 'pat', first: 'Pat', last: 'Oduya', language: 'en' },
    { key: 'sunil', first: 'Sunil', last: 'R', username: 'sunil_r_demo', language: 'en' },
  ],
  dialogues: [...growersSeason, ...growersTrouble],
};
