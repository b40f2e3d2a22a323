/**
 * Letters that can be taken for letters of another script, as pairs "seen, meant". Own selection from what spam shows,
 * checked against Unicode's confusables.txt. `ALIKE` are indistinguishable on a screen and so say nothing about the
 * script that was meant; the longer maps also hold letters that only stand in for another once the word is known to mix
 * scripts. Capitals have pairs of their own: Latin B is a Cyrillic В, but b is a ь.
 */
import { CYRILLIC, GREEK, LATIN } from './code-points.ts';

function pairs(written: string): Map<number, string> {
  return new Map(
    written.split(' ').map((pair) => {
      const [seen = '', meant = ''] = pair;
      return [seen.codePointAt(0) ?? 0, meant];
    }),
  );
}

const TO_LATIN = pairs(
  'ĸk аa вb еe ёe кk мm нh оo рp сc тt уy хx іi їi јj ѕs һh ԁd ԛq ԝw ӏl ьb пn гr иu шw ' +
    'АA ВB ЕE ЁE КK МM НH ОO РP СC ТT УY ХX ІI ЇI ЈJ ЅS ԌG ԜW ' +
    'αa βb γy εe ηn ιi κk νv οo ρp τt υu χx ωw ςc ΑA ΒB ΕE ΖZ ΗH ΙI ΚK ΜM ΝN ΟO ΡP ΤT ΥY ΧX ' +
    // Armenian, Cherokee and Lisu, seen only as disguise beside Latin letters.
    'օo սu ոn հh ցg զq յj ᎠD ᎡR ᎢT Ꭵi ᎩY ᎪA ᎫJ ᎬE ᎳW ᎷM ᎻH ᏀG ᏃZ ᏒR ᏔW ᏙV ᏚS ᏞL ᏟC ᏢP ᏦK ᏴB ' +
    'ꓐB ꓑP ꓓD ꓖG ꓗK ꓙJ ꓚC ꓜZ ꓝF ꓟM ꓠN ꓡL ꓢS ꓣR ꓔT ꓦV ꓧH ꓪW ꓫX ꓬY ꓮA ꓰE ꓲI ꓳO ꓴU',
);

const TO_CYRILLIC = pairs(
  'aа bь cс eе gд hн iі kк ĸк mм nп oо pр rг tт uи wш xх yу ëё ïї éе èе áа àа âа äа óо òо öо ýу ' +
    'AА BВ CС EЕ HН IІ KК MМ OО PР TТ XХ YУ ËЁ ÏЇ ÉЕ ÁА ÄА ÓО ÖО ' +
    'αа εе γу ηп ιі κк οо ρр τт υи χх πп φф λл δб ΑА ΒВ ΓГ ΔД ΕЕ ΗН ΙІ ΚК ΛЛ ΜМ ΟО ΠП ΡР ΤТ ΥУ ΦФ ΧХ',
);

const TO_GREEK = pairs(
  'aα eε iι kκ nη oο pρ tτ uυ vν wω xχ AΑ BΒ EΕ ZΖ HΗ IΙ KΚ MΜ NΝ OΟ PΡ TΤ YΥ XΧ ' +
    'аα еε іι кκ оο рρ уυ хχ тτ АΑ ВΒ ЕΕ НΗ ІΙ КΚ МΜ ОΟ РΡ ТΤ ХΧ',
);

const TO: Readonly<Record<number, ReadonlyMap<number, string>>> = {
  [LATIN]: TO_LATIN,
  [CYRILLIC]: TO_CYRILLIC,
  [GREEK]: TO_GREEK,
};

/** The letter of `script` that `codePoint` stands in for, if any. */
export function lookAlike(codePoint: number, script: number): string | undefined {
  return TO[script]?.get(codePoint);
}

function codes(letters: string): ReadonlySet<number> {
  return new Set(Array.from(letters, (char) => char.codePointAt(0) ?? 0));
}

/** Each letter is alike in its own script, so one table serves all: asked for every letter of every message. */
const ALIKE = new Uint8Array(0x10000);
for (const unit of codes('aceopxyijskABCEHKMOPTXYIJS' + 'асеорхуіјѕкАВСЕНКМОРТХУІЈЅ' + 'αορικνυχτΑΒΕΖΗΙΚΜΝΟΡΤΥΧ'))
  ALIKE[unit] = 1;

/** Whether a letter of Latin, Cyrillic or Greek alone says which script was meant. */
export function tellsScript(unit: number): boolean {
  return ALIKE[unit] === 0;
}

/** Digits and signs that stand for letters inside a word. */
const SIGN_LETTERS: Readonly<Record<number, ReadonlyMap<number, string>>> = {
  [LATIN]: pairs('0o 1i 3e 4a 5s 7t 8b @a $s €e'),
  [CYRILLIC]: pairs('0о 1і 3з 4ч 6б 8в @а €е'),
};

/** "0" in a word of `script` is "o" and so on; undefined where the sign stands for nothing. */
export function signLetter(codePoint: number, script: number): string | undefined {
  return SIGN_LETTERS[script]?.get(codePoint);
}

/** Signs, not digits, that belong to a word when letters stand around them. */
export const WORD_SIGNS: ReadonlySet<number> = codes('@$€');

/** Small capitals and phonetic letters, which NFKC leaves alone, to the letters that they draw. */
export const DRAWN_LETTERS: ReadonlyMap<number, string> = pairs(
  'ᴀa ʙb ᴄc ᴅd ᴇe ꜰf ɢg ʜh ɪi ᴊj ᴋk ʟl ᴍm ɴn ᴏo ᴘp ꞯq ʀr ꜱs ᴛt ᴜu ᴠv ᴡw ʏy ᴢz ɑa ɡg ᴦг ᴧл ᴨп ᴩр ᴫл ᴙя ᴎи İI',
);
