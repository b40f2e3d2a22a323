import { Type } from 'typebox';
import { expect, it } from 'vitest';
import { describeConfig } from './describe-config.ts';

it('describes each setting on a line: its default, what it is and what it accepts', () => {
  const schema = Type.Object({
    TOKEN: Type.String({ description: 'token of the bot', secret: true }),
    PORT: Type.Integer({ minimum: 0, maximum: 65_535, default: 3000, description: 'port of the portal' }),
    CHATS: Type.String({ default: '' }),
    CORPUS: Type.Optional(Type.String({ description: 'a file' })),
  });
  expect(describeConfig(schema).split('\n')).toEqual([
    'TOKEN   (required)  token of the bot; text; or TOKEN_FILE',
    'PORT    3000        port of the portal; a whole number from 0 to 65535',
    'CHATS   -           text',
    'CORPUS  -           a file; text',
  ]);
});
