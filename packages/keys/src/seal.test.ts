import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Key } from '@chatwarden/contracts';
import { deriveKey } from './derive-key.ts';
import { openId, openText, sealId, sealText } from './seal.ts';

const GROUP = 'g0123456789abcdef';
const OTHER_GROUP = 'gfedcba9876543210';
const ROW = { groupId: GROUP, rowId: '0'.repeat(32) };
const key = keyFrom(1);

function keyFrom(byte: number): Key {
  return deriveKey(new Uint8Array(32).fill(byte), GROUP, 'seal');
}

const telegramId = fc.integer({ min: -(2 ** 52), max: 2 ** 52 });

describe('a sealed id', () => {
  it('opens to the id that was sealed, users and channels alike', () => {
    fc.assert(
      fc.property(telegramId, (id) => {
        expect(openId(key, GROUP, sealId(key, GROUP, id))).toBe(id);
      }),
    );
  });

  it('differs each time, so that equal ids cannot be seen', () => {
    expect(sealId(key, GROUP, 501)).not.toBe(sealId(key, GROUP, 501));
  });

  it('does not open in another group', () => {
    const sealed = sealId(key, GROUP, 501);
    expect(() => openId(key, OTHER_GROUP, sealed)).toThrow(expect.objectContaining({ code: 'sealBroken' }));
  });

  it('names the wrong key', () => {
    const sealed = sealId(key, GROUP, 501);
    expect(() => openId(keyFrom(2), GROUP, sealed)).toThrow(
      expect.objectContaining({ code: 'wrongKey', retry: 'never' }),
    );
  });

  it('does not open when any bit was changed', () => {
    const bytes = Buffer.from(sealId(key, GROUP, 501), 'base64url');
    fc.assert(
      fc.property(fc.nat(bytes.length * 8 - 1), (bit) => {
        const altered = Buffer.from(bytes);
        altered.writeUInt8(altered.readUInt8(bit >> 3) ^ (1 << (bit & 7)), bit >> 3);
        expect(() => openId(key, GROUP, altered.toString('base64url'))).toThrow(
          expect.objectContaining({ code: expect.stringMatching(/^(sealBroken|wrongKey)$/) }),
        );
      }),
    );
  });

  it('is refused when it is no seal at all', () => {
    for (const text of ['', 'sealed-501', '!!!']) {
      expect(() => openId(key, GROUP, text)).toThrow(expect.objectContaining({ code: 'sealBroken', retry: 'never' }));
    }
  });
});

describe('sealed text', () => {
  it('opens to the text that was sealed, in any script and of any length', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        expect(openText(key, ROW, sealText(key, ROW, text))).toBe(text);
      }),
    );
  });

  it('does not open in another row', () => {
    const sealed = sealText(key, ROW, 'spam');
    const other = { ...ROW, rowId: '1'.repeat(32) };
    expect(() => openText(key, other, sealed)).toThrow(expect.objectContaining({ code: 'sealBroken' }));
  });

  it('holds no trace of the text', () => {
    fc.assert(
      fc.property(fc.string({ minLength: 4 }), (text) => {
        expect(Buffer.from(sealText(key, ROW, text)).includes(text)).toBe(false);
      }),
    );
  });
});
