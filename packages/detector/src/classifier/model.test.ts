import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import type { FoldFacts } from '../prepared.ts';
import { decodeModel } from './decode-model.ts';
import { evidenceOf } from './evidence.ts';
import { BUCKET_BITS, BUCKETS, createFeatureExtractor } from './features.ts';
import type { Classification } from './model.ts';
import { MODEL_URL } from './model-file.ts';
import { addKnown, encodeModel, isKnown, KNOWN_BYTES, type ModelHeader, type ModelParts } from './model-format.ts';

const folded = (text: string) => ({ text, facts: { length: text.length, letters: 0, scripts: {} } as FoldFacts });

function header(over: Partial<ModelHeader> = {}): ModelHeader {
  return {
    format: 2,
    bucketBits: BUCKET_BITS,
    scale: 0.01,
    intercept: -0.5,
    prior: 0.5,
    groups: { latin: { slope: 1, offset: 0.5 }, han: { slope: 2, offset: 0 } },
    trainedOn: 'two words',
    ...over,
  };
}

/** Knows "casino" (bad) and "soup" (good). */
function toyParts(over: Partial<ModelHeader> = {}): ModelParts {
  const table = new Int16Array(BUCKETS);
  const known = new Uint8Array(KNOWN_BYTES);
  const extract = createFeatureExtractor();
  for (const [word, weight] of [
    ['casino', 20],
    ['soup', -20],
  ] as const) {
    const features = extract(folded(word));
    for (const bucket of features.buckets.subarray(0, features.count)) table[bucket] = weight;
    addKnown(known, features.words[0] ?? 0);
  }
  return { header: header(over), table, known };
}

const toy = decodeModel(encodeModel(toyParts()));
const classify = (text: string): Classification => toy.classify({ folded: folded(text) });

test('weights, calibration and length make the log-odds', () => {
  expect(classify('casino casino').logit).toBeGreaterThan(1);
  expect(classify('soup soup').logit).toBeLessThan(-0.5);
  expect(classify('zzz qqq').logit).toBeCloseTo(0);
});

test('a text without letters says nothing', () => {
  expect(classify('🔥🔥 100%')).toEqual({ logit: 0, covered: false, reason: 'no letters to judge by' });
  expect(classify('')).toMatchObject({ logit: 0, covered: false });
});

const KNOWN = { known: new Uint8Array(KNOWN_BYTES).fill(255), words: Int32Array.of(1, 2), wordCount: 2 };

test('a text is believed more the longer it is', () => {
  const shares = [0, 2, 20, 200].map((letters) => evidenceOf({ group: 'latin', letters }, KNOWN).byLength);
  expect(shares[0]).toBe(0);
  expect(shares[1]).toBeLessThan(0.25);
  expect(shares[3]).toBeGreaterThan(0.95);
  expect(shares).toEqual(shares.toSorted((a, b) => a - b));
});

test('a text is believed less as spam the fewer of its words are known', () => {
  const known = new Uint8Array(KNOWN_BYTES);
  addKnown(known, 1 << 20);
  const evidence = (words: number[]) =>
    evidenceOf({ group: 'latin', letters: 50 }, { known, words: Int32Array.from(words), wordCount: words.length });
  expect(evidence([1 << 20])).toMatchObject({ knownShare: 1, byLanguage: 1 });
  expect(evidence([1 << 20, 2 << 20, 3 << 20, 4 << 20])).toMatchObject({ knownShare: 0.25 });
  expect(evidence([2 << 20])).toMatchObject({ knownShare: 0, byLanguage: 0 });
  expect(evidence([])).toMatchObject({ byLanguage: 0, knownShare: undefined });
});

test('log-odds keep their order but stay below what the training set can show', () => {
  const loud = decodeModel(encodeModel(toyParts({ scale: 1 })));
  const logits = ['casino', 'casino bonus casino', 'a casino and casinos, casino'].map(
    (text) => loud.classify({ folded: folded(text) }).logit,
  );
  for (const logit of logits) expect(logit > 4 && logit <= 7).toBe(true);
});

test('a text of unknown words is not covered and says less', () => {
  expect(classify('casino soup').covered).toBe(true);
  const foreign = classify('casino nieznane słowa tutaj');
  expect(foreign.covered).toBe(false);
  expect(foreign.logit).toBeLessThan(classify('casino casino casino casino').logit);
});

test('a text of unknown words speaks little for ham, however long', () => {
  const cold = decodeModel(encodeModel(toyParts({ intercept: -9 })));
  const foreign = cold.classify({ folded: folded('zupełnie nieznane słowa '.repeat(20)) });
  expect(foreign.logit).toBeGreaterThanOrEqual(-2);
});

test('of a script that it was not trained for the model says nothing', () => {
  expect(classify('კარგი დღე ყველას')).toMatchObject({ covered: false, logit: 0 });
  expect(classify('казино')).toMatchObject({ covered: false, logit: 0 });
});

test('Han is covered as a script, since it has no words between spaces', () => {
  expect(classify('月薪八千在上海能活吗').covered).toBe(true);
});

test('the reason tells how much was known and what spoke, never the words', () => {
  const { reason } = classify('casino unheard');
  expect(reason).toMatch(
    /^13 letters, latin, 50 % of the words known: words \+\d\.\d, letter patterns \+\d+\.\d, shape \+0\.0$/,
  );
  expect(classify('nothing familiar').reason).toContain('a language the model was not trained for');
});

test('a set of known words knows what was added', () => {
  const known = new Uint8Array(KNOWN_BYTES);
  addKnown(known, 0x9abcdef0 | 0);
  expect(isKnown(known, 0x9abcdef0 | 0)).toBe(true);
  expect(isKnown(known, 0x12345678)).toBe(false);
});

test('a model read from a pooled Buffer is the same', () => {
  const bytes = encodeModel(toyParts());
  const pooled = Buffer.concat([Buffer.from('xyz'), bytes]).subarray(3);
  expect(decodeModel(pooled).classify({ folded: folded('casino') })).toEqual(classify('casino'));
});

test('the id is of the content', () => {
  expect(decodeModel(encodeModel(toyParts())).id).toBe(toy.id);
  expect(decodeModel(encodeModel(toyParts({ intercept: -0.4 }))).id).not.toBe(toy.id);
});

test('bytes that are no model are refused', () => {
  expect(() => decodeModel(new Uint8Array())).toThrow('not a model file');
  expect(() => decodeModel(new TextEncoder().encode('<html>not found</html>'.repeat(9)))).toThrow('not a model file');
});

test('a damaged or cut file is refused', () => {
  const bytes = encodeModel(toyParts());
  expect(() => decodeModel(bytes.subarray(0, bytes.length - 1))).toThrow(/damaged model file/);
  const flipped = bytes.with(5000, (bytes[5000] ?? 0) ^ 1);
  expect(() => decodeModel(flipped)).toThrow(/damaged model file/);
});

test('a model for another number of buckets is refused', () => {
  expect(() => decodeModel(encodeModel(toyParts({ bucketBits: 19 })))).toThrow(/2\^19 buckets: train it again/);
});

const SHIPPED = readFileSync(MODEL_URL);
const shipped = decodeModel(SHIPPED);
const judge = (text: string): Classification => shipped.classify({ folded: folded(text) });

test('the shipped model decodes, is small, and its card names it', () => {
  const card = readFileSync(new URL('../../../docs/model-card.md', MODEL_URL), 'utf8');
  expect(card).toContain(`\`${shipped.id}\``);
  expect(SHIPPED.length).toBeLessThan(4_000_000);
});

test('the shipped model covers English and Russian, and neither Georgian nor Amharic', () => {
  expect(judge('does anyone know when the office opens tomorrow, I forgot my keys there').covered).toBe(true);
  expect(judge('кто-нибудь знает, когда завтра откроется офис, я забыл там ключи').covered).toBe(true);
  expect(judge('ვინმემ იცის როდის იხსნება ხვალ ოფისი').covered).toBe(false);
  expect(judge('ነገ ቢሮው መቼ እንደሚከፈት የሚያውቅ አለ').covered).toBe(false);
});

test('the shipped model does not cover Polish, whose script it knows', () => {
  expect(judge('szukam osób do pracy zdalnej, zarobki od 300 dolarów dziennie').covered).toBe(false);
});

test('the shipped model tells a job offer of the usual kind from talk about jobs', () => {
  const offer = judge('ищу людей на удаленную работу, доход от 300 долларов в день, без опыта, пишите в лс');
  const talk = judge('на работе сегодня опять аврал, до восьми сидели, начальник сам не свой');
  expect(offer.logit).toBeGreaterThan(2);
  expect(talk.logit).toBeLessThan(-2);
});

test('a very short text is close to saying nothing', () => {
  expect(Math.abs(judge('ок').logit)).toBeLessThan(1.5);
});

test('an offer before honest sentences still counts, and honest sentences alone do not', () => {
  const offer = 'Нужны люди на подработку, оплата сразу, пишите в личку.';
  const talk =
    'Вчера ездили с детьми на озеро, вода уже холодная, но шашлыки удались. Потом полдня искали ключи от машины, нашли в кармане куртки, смеялись. Мама говорит, что в следующий раз возьмёт запасные, а папа только рукой махнул. Завтра обещают дождь, так что сидим дома и смотрим сериал.';
  const hidden = judge(`${offer} ${talk}`);
  expect(hidden.logit).toBeGreaterThan(4);
  expect(hidden.reason).toContain('a part by itself');
  expect(judge(talk).logit).toBeLessThan(0);
});
