import { describe, expect, test } from 'vitest';
import { likeAdministrator, nameKeysOf } from './like-administrator.ts';

const administrators = [
  nameKeysOf({ name: 'Ирина Смирнова', username: 'garden_admin' }),
  nameKeysOf({ name: 'Tom', username: 'tom' }),
  nameKeysOf({ name: 'Balcony Gardeners Support' }),
];
const alike = (name: string, username?: string) => likeAdministrator({ name, username }, administrators);

describe('somebody is named like an administrator', () => {
  test.each([
    ['Ирина Смирнова', undefined, 'name'],
    ['Иринa  Cмирнова 🌷', undefined, 'name'],
    ['𝐁𝐚𝐥𝐜𝐨𝐧𝐲 𝐆𝐚𝐫𝐝𝐞𝐧𝐞𝐫𝐬 𝐒𝐮𝐩𝐩𝐨𝐫𝐭', undefined, 'name'],
    ['Ann', 'Garden_Adm1n', 'username'],
    ['Ann', 'gardenadmin', 'username'],
    ['Ann', 'garden_adminn', 'username'],
    ['Ann', 'garden_dmin', 'username'],
    ['Ann', 'garden_edmin', 'username'],
  ])('%s @%s', (name, username, expected) => {
    expect(alike(name, username)).toBe(expected);
  });

  test.each([
    ['Ирина', undefined],
    ['Tom', undefined],
    ['Ирина Смирницкая', 'irina_s'],
    ['Ann', 'garden_fan'],
    ['Ann', 'tim'],
    ['', ''],
    ['🌷', undefined],
  ])('not %s @%s', (name, username) => {
    expect(alike(name, username)).toBeNull();
  });

  test('where no administrators are known, nobody is', () => {
    expect(likeAdministrator({ name: 'Ирина Смирнова' }, [])).toBeNull();
  });
});
