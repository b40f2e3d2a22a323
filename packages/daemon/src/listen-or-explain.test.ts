import { expect, it } from 'vitest';
import { listenOrExplain } from './listen-or-explain.ts';

const failing = (code: string) => () => Promise.reject(Object.assign(new Error(`listen ${code}`), { code }));

it('passes on what listening gives', async () => {
  expect(await listenOrExplain('PORT', 3000, () => Promise.resolve('server'))).toBe('server');
});

it.each([
  ['EADDRINUSE', 'port 3000 is busy: set PORT to another one'],
  ['EACCES', 'port 3000 needs rights that this process lacks: set PORT to one above 1023'],
])('says which variable helps against %s', async (code, message) => {
  const listening = listenOrExplain('PORT', 3000, failing(code));
  await expect(listening).rejects.toMatchObject({ code: 'portUnavailable', retry: 'never', message });
});

it('passes on any other trouble as it is', async () => {
  await expect(listenOrExplain('PORT', 3000, failing('ENOTFOUND'))).rejects.toThrow('listen ENOTFOUND');
  await expect(listenOrExplain('PORT', 3000, () => Promise.reject(null as unknown as Error))).rejects.toBeNull();
});
