/** Honest sentences, some 800,000 of them: people do not all say the same, and whoever does is taken for a campaign. */
const WHO = [
  'My neighbour',
  'Our Anna',
  'Grandfather',
  'The caretaker',
  'A friend of mine',
  'My sister',
  'Somebody here',
  'The baker',
  'Our teacher',
  'Uncle Boris',
];
const DID = [
  'repaired',
  'painted',
  'borrowed',
  'lost',
  'found',
  'cleaned',
  'admired',
  'photographed',
  'moved',
  'bought',
  'described',
  'measured',
];
const WHAT = [
  'the old bench',
  'two flower pots',
  'a green bicycle',
  'the garden hose',
  'the tomato plants',
  'a wooden ladder',
  'the letter box',
  'three chairs',
  'the red umbrella',
  'a bird house',
  'the long table',
  'some lavender',
];
const WHERE = [
  'behind the school',
  'on the balcony',
  'next to the river',
  'in the cellar',
  'near the tram stop',
  'under the oak',
  'at the market',
  'by the playground',
  'in the kitchen',
  'on the stairs',
];
const WHEN = [
  'this morning',
  'after the rain',
  'last Sunday',
  'before lunch',
  'while it was snowing',
  'in the evening',
  'during the holidays',
];
const AND = [
  'and nobody minded',
  'which surprised us',
  'as every year',
  'and it took hours',
  'with some help',
  'so we had tea',
  'and told us all about it',
  'though it was late',
];

export function honestTalk(n: number): string {
  // Steps without a common divisor walk through all combinations.
  const pick = (list: readonly string[], step: number) =>
    list[(n * step + Math.floor((n * step) / list.length)) % list.length];
  return [pick(WHO, 1), pick(DID, 7), pick(WHAT, 5), pick(WHERE, 3), pick(WHEN, 11), pick(AND, 13)].join(' ');
}
