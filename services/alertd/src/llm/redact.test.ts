import { describe, expect, it } from 'vitest';
import { redact, type Shown } from './redact.ts';

const shown = (over: Partial<Shown>): Shown => ({ text: '', entities: [], buttons: [], name: 'Ann Example', ...over });
const textOf = (text: string, over: Partial<Shown> = {}) => redact(shown({ text, ...over })).text;

describe('details of people', () => {
  it.each([
    ['handles', 'write @lucky_bot now', 'write [handle] now'],
    ['handles with a gap or in full width', 'to @ lucky or ＠lucky', 'to [handle] or [handle]'],
    ['handles that are broken by invisible characters', '@lu\u200bcky', '[handle]'],
    ['links to users', 'see t.me/lucky_bot and https://t.me/+abcDEF', 'see t.me/[path] and t.me/[path]'],
    ['links to users by host', 'at lucky.t.me today', 'at [handle].t.me today'],
    ['links that only the app opens', 'tg://resolve?domain=lucky ok', '[path] ok'],
    ['phones', 'call +7 (999) 123-45-67 or 89991234567!', 'call [number] or [number]!'],
    ['phones in other digits', 'call ٠٥٠١٢٣٤٥٦٧', 'call [number]'],
    ['messengers by phone', 'wa.me/79991234567', 'wa.me/[path]'],
    ['mail addresses', 'mail ann.example+x@mail.example.org.', 'mail [mail].'],
    ['mail links', 'mailto:ann@mail.example now', '[path] now'],
    ['what follows a host', 'https://u:p@casino.example:8443/r?ref=501#a', 'casino.example/[path]'],
  ])('%s are replaced', (_, raw, redacted) => {
    expect(textOf(raw)).toBe(redacted);
  });

  it('the name of the sender is replaced word by word, or whole where words have no spaces between them', () => {
    expect(textOf('I am Ann Example, ask for ANN')).toBe('I am [name] [name], ask for [name]');
    expect(textOf('Annual example sentences of Jo', { name: 'Jo' })).toBe('Annual example sentences of Jo');
    expect(textOf('我是王小明', { name: '王小明' })).toBe('我是[name]');
  });

  it('what Telegram marked is replaced where it stands, also behind characters that count as two', () => {
    const text = '🎰🎰 ask Maria about 12345 and x';
    const entities = [
      { type: 'text_mention', offset: 9, length: 5, userId: 7 },
      { type: 'bold', offset: 0, length: 14 },
      { type: 'phone_number', offset: 21, length: 5 },
    ];
    expect(textOf(text, { entities })).toBe('🎰🎰 ask [name] about [number] and x');
  });

  it('marks that overlap or lie outside of the text do no harm', () => {
    const entities = [
      { type: 'mention', offset: 0, length: 5 },
      { type: 'mention', offset: 3, length: 5 },
      { type: 'mention', offset: 40, length: 5 },
    ];
    expect(textOf('abcdefgh', { entities })).toBe('abc[handle]');
  });
});

describe('what tells spam', () => {
  it('stays: hosts, prices, years, short numbers', () => {
    expect(textOf('casino.example pays 500$ in 2026, 24/7')).toBe('casino.example pays 500$ in 2026, 24/7');
    expect(textOf('Casino? casino.example', { name: 'Casino Example' })).toBe('[name]? casino.example');
  });

  it('is the place behind a word or a button, by its host', () => {
    const entities = [
      { type: 'text_link', offset: 0, length: 4, url: 'https://casino.example/r?ref=501' },
      { type: 'text_link', offset: 5, length: 4, url: 'tg://user?id=501' },
    ];
    const buttons = [
      { text: 'Write @ann', url: 'https://t.me/ann' },
      { text: 'Odd', url: 'http://[' },
    ];
    expect(redact(shown({ text: 'here more', entities, buttons }))).toEqual({
      text: 'here more',
      buttons: ['Write [handle]', 'Odd'],
      linkedHosts: ['casino.example', 'tg:', 't.me'],
    });
  });

  it('is in quotes and attachments too, which are redacted alike', () => {
    const quote = { text: 'said @bob' };
    expect(redact(shown({ attachmentText: 'Poll by ann@mail.example', quote }))).toEqual({
      attachment: 'Poll by [mail]',
      quote: 'said [handle]',
    });
  });

  it('is nothing in a message without words', () => {
    expect(redact(shown({}))).toEqual({});
  });
});

it('no message can forge a token, by its private character or by its letters', () => {
  expect(textOf('a \ue000 b [handle] c')).toBe('a b (handle) c');
});

it('takes a long hostile text in its stride', () => {
  const hostile = `${'a.'.repeat(1000)}${'1-'.repeat(500)}${'@a'.repeat(500)}`;
  expect(textOf(hostile)?.length).toBeLessThanOrEqual(4096 * 2);
});
