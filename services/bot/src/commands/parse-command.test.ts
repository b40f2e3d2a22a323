import { expect, test } from 'vitest';
import { parseCommand } from './parse-command.ts';

test.each([
  ['/mode enforce', { name: 'mode', argument: 'enforce' }],
  ['/MODE@Warden_Bot   enforce ', { name: 'mode', argument: 'enforce' }],
  ['/spam', { name: 'spam', argument: '' }],
  ['/mode@other_bot enforce', null],
  ['please /mode enforce', null],
  ['', null],
])('%j', (text, expected) => {
  expect(parseCommand(text, 'warden_bot')).toEqual(expected);
});
