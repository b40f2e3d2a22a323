/**
 * Which last labels make "word.label" a host when nothing else (scheme, path) says so. A short list is on purpose: a
 * sentence without a space after its full stop and a file name must not become links. What is missing here is still
 * found when written with a scheme or a path, and whenever Telegram itself marked it as a link.
 */

/** Generic ones that are common in messages, honest or not. */
const GENERIC =
  'com net org info biz pro name mobi app dev xyz top site online shop store club live vip win bet casino fun icu link click ' +
  'space website tech work works world today life media news blog cloud page games game cash money finance trade trading ' +
  'exchange capital fund loan loans digital agency center company group chat social team solutions support services email ' +
  'network systems tools wiki zone guru one art ink bio lol rest bar bid date download loan men party review science stream ' +
  'webcam gift gifts promo sale deals market markets global plus best cyou sbs quest monster hair skin beauty lat cfd buzz ' +
  'example invalid test';

/** Every two-letter code in use is a country's. Source: IANA root zone database. */
const COUNTRIES =
  'ac ad ae af ag ai al am ao aq ar as at au aw ax az ba bb bd be bf bg bh bi bj bm bn bo br bs bt bw by bz ca cc cd cf cg ch ' +
  'ci ck cl cm cn co cr cu cv cw cx cy cz de dj dk dm do dz ec ee eg er es et eu fi fj fk fm fo fr ga gd ge gf gg gh gi gl gm ' +
  'gn gp gq gr gs gt gu gw gy hk hm hn hr ht hu id ie il im in io iq ir is it je jm jo jp ke kg kh ki km kn kp kr kw ky kz la ' +
  'lb lc li lk lr ls lt lu lv ly ma mc md me mg mh mk ml mm mn mo mp mq mr ms mt mu mv mw mx my mz na nc ne nf ng ni nl no np ' +
  'nr nu nz om pa pe pf pg ph pk pl pm pn pr ps pt pw py qa re ro rs ru rw sa sb sc sd se sg sh si sk sl sm sn so sr ss st su ' +
  'sv sx sy sz tc td tf tg th tj tk tl tm tn to tr tt tv tw tz ua ug uk us uy uz va vc ve vg vi vn vu wf ws ye yt za zm zw';

const INTERNATIONAL = 'рф рус укр бел срб бг қаз мон ею';

/** Domains that are also endings of files or words of English: "readme.md", "build.sh", "ok.so", "do.it". */
const ALSO_OTHER =
  'md py rs sh pl so cc ps mm ml zip mov is it in me to at be my no us am as do by id la test name one work';

function words(list: string): ReadonlySet<string> {
  return new Set(list.split(' '));
}

const KNOWN = words(`${GENERIC} ${COUNTRIES} ${INTERNATIONAL}`);
const DOUBTFUL = words(ALSO_OTHER);

/** Whether a bare "name.label" is a host without further signs. */
export function isCertainTopLevel(label: string): boolean {
  return KNOWN.has(label) && !DOUBTFUL.has(label);
}

/** Whether it is one when Telegram, a path or "www." says that this is an address. */
export function isPossibleTopLevel(label: string): boolean {
  return KNOWN.has(label) || label.startsWith('xn--');
}
