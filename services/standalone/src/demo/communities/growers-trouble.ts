/** Slugs, blight, thieves and the weather. Some of it talks about spam, money and prizes, as honest people do. */
import type { Dialogue } from '../content.ts';

export const growersTrouble: readonly Dialogue[] = [
  [
    ['bex', 'SLUGS. all my letuce gone. ALL of it 😭'],
    ['hamish', 'They left you the pots. Be grateful.', 1],
    ['lorna', 'Nematodes work if the soil is above 5 degrees. About £12 for 40 square metres.'],
    ['bex', 'ordering now thx lorna xx'],
    ['wen', 'Beer traps'],
  ],
  [
    ['sunil', { text: 'What is this on my tomato leaves? It was not there yesterday.', media: 'photo' }],
    ['ines', 'Phytophthora infestans. Take the plant out today, and do not compost it.', 1],
    ['sunil', 'All of it? The fruit is almost ripe…'],
    ['ines', 'Pick the sound fruit, ripen it indoors. The plant has to go, I am sorry.'],
    ['tom', 'lost 14 plants to that last year, it sucks mate'],
  ],
  [
    ['vera', 'Did anybody else have frost last night? My thermometer said minus two.'],
    ['tom', 'yep car was white'],
    ['gus', 'MY DAHLIAS ARE MUSH'],
    ['vera', 'I am sorry to hear it, Gus. Lift the tubers once the stems are black, they will be all right.', 1],
  ],
  [
    ['colin', 'Somebody tried shed doors on plots 4 to 9 last night. Nothing taken, but please lock up.'],
    ['dai', 'My padlock was bent, the cheeky so-and-so.'],
    [
      'pat',
      'I have told the community officer, reference number is with Colin. If you saw a grey van by the lower gate between nine and ten, please ring me, you all have my number on the committee sheet.',
    ],
    ['hamish', 'If they come back, they may weed mine.'],
  ],
  [
    ['priya', 'got an sms that I WON a garden voucher worth £500 😂 just click here, sure sure'],
    ['lorna', 'My mother got the same one. Do not open the link, it asks for your card number.', 1],
    ['tom', 'block and delete'],
    ['priya', 'done ✅ just wanted to warn you all'],
  ],
  [
    [
      'marj',
      'To the member who asked: no, we do not allow adverts for paid courses here. One post about your own surplus plants a week is welcome.',
    ],
    ['hamish', 'And for surplus courgettes?'],
    ['marj', 'Courgettes are a weapon, Hamish, and fall under another rule.', 1],
  ],
  [
    ['tom', 'does anyone know a plumber who does outside taps'],
    ['pat', 'Ask at the hardware shop on Mill Road. They sent me somebody who was kind, quick and charged £45.', 1],
    ['tom', 'ta will do'],
  ],
  [
    ['gus', 'WHO PUT A TOILET ON PLOT 11'],
    ['dai', "That's art, Gus. There's thyme in it."],
    ['gus', 'IT HAS A SEAT'],
    ['hamish', 'For the thyme being.'],
    ['marj', 'Hamish, out.', 1],
  ],
  [
    ['sunil', 'Is a bitcoin miner a sensible way to heat a greenhouse? My brother in law insists it is.'],
    ['hamish', 'Only if your tomatoes accept losses.', 1],
    ['lorna', 'A paraffin heater is about 90p a night and does not need the internet.'],
    ['sunil', 'I shall tell him. He will send me a chart, I know it.'],
  ],
  [
    ['bex', 'anyone else geting aphids on evrything or is it just me'],
    ['priya', 'soapy water and ladybirds 🐞 we ordered 50 larvae, kids love them'],
    ['wen', 'Blackbean city', 2],
    ['ines', 'Aphis fabae. Pinch out the tips, and leave the ants nothing to farm.'],
  ],
  [
    ['vera', 'The hosepipe ban starts on Monday, it says in the paper. Cans only, I am afraid.'],
    ['dai', 'Water in the evening then, and mulch. Straw is £4 a bale at the farm.', 1],
    ['gus', 'BALE FOR ME PLEASE. MAKE IT TWO'],
    ['dai', 'Two for Gus. Anyone else?'],
    ['wen', 'One'],
  ],
  [
    [
      'lorna',
      {
        poll: {
          question: 'How many of you would come to a night walk to count moths?',
          options: ['Yes, with a torch', 'Yes, with cake', 'Asleep by nine'],
        },
      },
    ],
    ['priya', 'YES with cake obviously 🦋'],
    ['hamish', 'The third. Always the third.'],
  ],
  [
    ['tom', 'selling my old rotavator £120 works fine starts third pull, collect only plot 17'],
    ['sunil', 'Is that the red one? Would you take £100?', 1],
    ['tom', '110 and ill throw in the spare tines'],
    ['sunil', 'Done. I come on Sunday at four.'],
  ],
];
