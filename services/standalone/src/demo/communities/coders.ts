/** A programmers' group with a channel: English and Russian mixed, code, links to repositories, job talk. */
import type { Community } from '../content.ts';
import { codersCraft } from './coders-craft.ts';
import { codersPosts, codersTalk } from './coders-talk.ts';

export const coders: Community = {
  key: 'coders',
  title: 'Code kitchen / Кухня кода',
  username: 'codekitchen_demo',
  channel: 'Code kitchen news',
  languages: ['en', 'ru'],
  owner: { key: 'yara', first: 'Yara', last: 'Lund', username: 'yara_lund_demo', language: 'en' },
  moderator: { key: 'kostya', first: 'Костя', username: 'kostya_ops_demo', language: 'ru' },
  members: [
    // Rust, always Rust.
    { key: 'fer', first: 'Fer', username: 'ferrous_demo', language: 'en' },
    { key: 'misha', first: 'Миша', username: 'misha_null_demo', language: 'ru' },
    // Asks first, reads the manual later.
    { key: 'joon', first: 'Joon', language: 'en' },
    // Knows databases and says so.
    { key: 'tamara', first: 'Тамара', last: 'Ш', username: 'tamara_sql_demo', language: 'ru' },
    { key: 'obi', first: 'Obi', last: 'N.', username: 'obi_codes_demo', language: 'en', premium: true },
    // lower case, tired.
    { key: 'leaf', first: 'leaf', language: 'en' },
    { key: 'artyom', first: 'Артём', username: 'artyom_go_demo', language: 'ru' },
    // Explains at length.
    { key: 'hedda', first: 'Hedda', last: 'Voss', language: 'en' },
    // Джун, всему рад.
    { key: 'zhenya', first: 'Женя', language: 'ru' },
    { key: 'pim', first: 'Pim', username: 'pim_frontend_demo', language: 'en' },
    { key: 'dasha', first: 'Даша', username: 'dasha_qa_demo', language: 'ru' },
    { key: 'rolf', first: 'Rolf', language: 'en' },
  ],
  dialogues: [...codersCraft, ...codersTalk],
  posts: codersPosts,
};
