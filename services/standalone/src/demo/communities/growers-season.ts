/** What there is to sow, to pick and to give away. */
import type { Dialogue } from '../content.ts';

export const growersSeason: readonly Dialogue[] = [
  [
    ['vera', 'Good {morning|evening} all. Has anybody sown broad beans already, or is it still too cold on the hill?'],
    ['tom', 'put mine in last weekend under fleece, theyre fine', 1],
    ['hamish', 'Mine are in. The mice send their thanks.'],
    ['vera', 'Oh dear, Hamish. I shall start mine in toilet rolls indoors then.'],
  ],
  [
    ['priya', { text: 'LOOK at this pumpkin!! 🎃😍 {11|12|13} kilos from one tiny balcony pot', media: 'photo' }],
    ['wen', 'Wow', 1],
    ['dai', "That's bigger than my nephew, that is. What did you feed it, mind?"],
    ['priya', 'nettle tea every Sunday and a LOT of talking to it 😂'],
  ],
  [
    [
      'lorna',
      'The seed swap list is up to date now, please put your names next to what you want: https://github.com/growers-demo/seed-swap',
    ],
    ['bex', 'ooh can i hav the purple beans pls'],
    ['lorna', 'Down for purple beans, Bex. Two packets left.', 1],
    ['sunil', 'Could you put me down for the coriander? I will bring chilli seed.'],
  ],
  [
    [
      'ines',
      'Reminder that Phaseolus coccineus is perennial. Lift the roots and keep them in sand, they crop three weeks earlier.',
    ],
    ['tom', 'wait runner beans come back??', 1],
    ['ines', 'They do, if frost never touches the crown.', 1],
    ['hamish', 'Twenty years I have been composting them. Thank you, Ines, I feel wonderful.'],
  ],
  [
    ['gus', 'ANYONE GOT A SPARE WATER BUTT'],
    ['dai', 'Got one behind the shed, yours for nothing if you carry it, mind.', 1],
    ['gus', 'YOU ARE A GENTLEMAN. SATURDAY {TEN|ELEVEN}?'],
    ['dai', 'Ten it is. Bring a rope.'],
  ],
  [
    ['sunil', 'Compost delivery: 3 bulk bags cost £174 with transport, so £58 a bag. Who shares one with me?'],
    ['vera', 'I would gladly take half a bag, Sunil. I can pay by transfer or cash, as you prefer.', 1],
    ['bex', 'me too!! half', 2],
    ['sunil', 'Great, that is one full bag then. Cash on Sunday is fine.'],
  ],
  [
    [
      'pat',
      'A report from the open day, for those who could not come. We had 64 visitors, which is twice as many as last year, and the cake table brought in £212.40 for the new tap. The children adored the worm box. One gentleman argued for half an hour that potatoes are a fruit and left with three packets of seed. We are short of folding tables, and the kettle died at noon, so if anybody has either to lend for next year, please tell me before the autumn meeting. Thank you to everybody who baked, and to Hamish for being rude to the right people.',
    ],
    ['hamish', 'A pleasure.', 1],
    ['marj', 'Wonderful, Pat, thank you. Minutes will be on the shed door.'],
  ],
  [
    ['priya', 'first strawberry of the year 🍓🍓🍓 ate it before taking a photo, sorry'],
    ['wen', 'Priorities'],
    ['bex', 'no pic no strawbery 😤', 2],
  ],
  [
    [
      'lorna',
      { text: 'Worth reading before you prune anything this month', forwardedFrom: { channel: 'Orchard notes' } },
    ],
    ['ines', 'Good text, though Prunus should not be cut until summer, because of silver leaf.', 1],
    ['lorna', 'True! https://en.wikipedia.org/wiki/Chondrostereum_purpureum says the same.'],
  ],
  [
    ['tom', 'how much do you lot pay for bamboo canes'],
    ['sunil', '£6.50 for ten at the market, 180 cm.'],
    ['dai', 'Cut hazel from the bottom lane, costs you nothing and looks better.'],
    ['tom', 'legend, cheers'],
  ],
  [
    ['vera', { text: 'My grandmother’s medlar jelly, the recipe somebody asked for.', media: 'photo' }],
    ['priya', 'saving this 💛'],
    ['hamish', 'You need the medlars rotten first. It is a fruit after my own heart.', 2],
  ],
  [
    ['bex', 'is it ok to plant garlic from the supermarkt'],
    ['ines', 'Allium sativum from a shop is usually bred for the south. It grows, but small.', 1],
    ['wen', 'Try it'],
    ['bex', 'ok gona try six cloves and report bak'],
  ],
  [
    ['marj', 'The gate code changes on {Monday|Friday}. I will not post it here: ask me or Colin in person, please.'],
    ['gus', 'IS IT ON THE SHED DOOR AGAIN'],
    ['marj', 'It is not, Gus, that was rather the point.', 1],
    ['colin', 'Find me by the tap on Saturday morning.'],
  ],
  [
    [
      'dai',
      {
        text: 'This fellow on grafting is very clear: https://www.youtube.com/watch?v=grafting-demo',
        preview: 'https://www.youtube.com/watch?v=grafting-demo',
      },
    ],
    ['pat', 'I watched it twice. The rubber band trick at the end is worth the whole twenty minutes.', 1],
    ['dai', "Told you. He's from Brecon, see."],
  ],
];
