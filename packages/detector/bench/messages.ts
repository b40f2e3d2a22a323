/** Messages to measure with: the corpus of this repository by script and length, each as a newcomer's first message. */
import { readdirSync, readFileSync } from 'node:fs';
import { rootTraceparent, type MessageEvent } from '@chatwarden/contracts';
import { fold, writingOf, READ_MAX, type ScriptGroup } from '../src/index.ts';

const CORPUS = new URL('../../training/corpus/', import.meta.url);
/** 2026-01-01 */
const WRITTEN_AT_MS = 1_767_225_600_000;

export interface Batch {
  name: string;
  events: MessageEvent[];
}

const LENGTHS = [
  { name: 'under 50 characters', min: 1, max: 49 },
  { name: '50 to 199', min: 50, max: 199 },
  { name: '200 and more', min: 200, max: READ_MAX },
] as const;
const SCRIPTS: readonly ScriptGroup[] = ['cyrillic', 'latin', 'arabic', 'devanagari', 'han'];
/** Telegram's limit, and what a long-winded attachment has. */
const LONG = [READ_MAX, 20_000] as const;
const LONG_MESSAGES = 100;

/** The corpus as it is first, then its parts by length and by script, then texts as long as Telegram allows. */
export function batches(): Batch[] {
  const texts = readdirSync(CORPUS)
    .filter((file) => file.endsWith('.jsonl'))
    .flatMap((file) => readFileSync(new URL(file, CORPUS), 'utf8').trim().split('\n'))
    .map((line) => (JSON.parse(line) as { text: string }).text);
  const mixed = shuffled(texts);
  return [
    { name: 'corpus as it is', events: mixed.map(toEvent) },
    ...LENGTHS.map(({ name, min, max }) => ({
      name,
      events: mixed.filter((text) => text.length >= min && text.length <= max).map(toEvent),
    })),
    ...SCRIPTS.map((script) => ({
      name: script,
      events: mixed.filter((text) => writingOf(fold(text).text, READ_MAX).group === script).map(toEvent),
    })),
    ...LONG.map((length) => ({ name: `${length} characters`, events: joined(mixed, length).map(toEvent) })),
  ];
}

/** The order of the files would show each script alone to the compiler; a fixed stride mixes them, always alike. */
function shuffled(texts: readonly string[]): string[] {
  const stride = 7919;
  return texts.map((_, index) => texts[(index * stride) % texts.length] ?? '');
}

function joined(texts: readonly string[], length: number): string[] {
  return Array.from({ length: LONG_MESSAGES }, (_, first) => {
    let text = '';
    for (let at = first * 53; text.length < length; at += 1) text += `${texts[at % texts.length] ?? ''}\n`;
    return text.slice(0, length);
  });
}

function toEvent(text: string, index: number): MessageEvent {
  const id = `bench${index}`;
  return {
    schema: 'chat-event/1',
    kind: 'MessagePosted',
    id,
    groupId: 'g0000000000000000',
    botId: 1,
    chatId: -1,
    occurredAt: WRITTEN_AT_MS,
    receivedAt: WRITTEN_AT_MS,
    traceparent: rootTraceparent(id),
    revision: 1,
    sender: { key: '0'.repeat(32), id: index, as: 'user', role: 'member', name: 'Somebody New' },
    message: { messageId: index, text, entities: [], media: [], attachments: [], buttons: [] },
  };
}
