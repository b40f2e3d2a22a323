import { element, showList } from './element.js';
import { BANDS, duration, fullTime, short, time } from './words.js';

export function showVerdicts(list, verdicts) {
  showList(list, verdicts, { toElement, empty: 'No verdict here yet.' });
}

function toElement(verdict) {
  const { band = 'allow', score, reasons, time: at } = verdict;
  const [first = verdict.message, ...others] = reasons;
  const row = element(
    'summary',
    { class: 'row' },
    element('span', { class: `chip ${band}` }, BANDS[band] ?? band),
    element('span', { class: 'what' }, first),
    element('time', { datetime: at, title: fullTime(at) }, time(at)),
    element('span', { class: 'aside more' }, others.slice(0, 2).join(' · ')),
    element('span', { class: 'right', title: 'probability of spam' }, score === undefined ? '' : percent(score)),
  );
  return element('li', {}, element('details', {}, row, detail(verdict)));
}

function detail({ sender, messageId, stage, detector, latencyMs, checks, weight }) {
  const facts = [
    sender && `sender ${short(sender)}`,
    messageId !== undefined && `message ${messageId}`,
    stage && `stage ${stage}`,
    latencyMs !== undefined && `judged in ${duration(latencyMs)}`,
    `detector ${detector}`,
    weight > 1 && `stands for ${weight} of its kind`,
  ].filter(Boolean);
  return element('div', { class: 'detail' }, element('p', { class: 'aside' }, facts.join(' · ')), checkTable(checks));
}

function checkTable(checks) {
  if (checks.length === 0) return undefined;
  const rows = checks.map(({ name, reason, weight }) =>
    element('tr', {}, element('td', {}, name), element('td', {}, reason), element('td', {}, signed(weight))),
  );
  const head = ['Check', 'Found', 'Weight'].map((title) => element('th', { scope: 'col' }, title));
  return element('table', {}, element('thead', {}, element('tr', {}, ...head)), element('tbody', {}, ...rows));
}

/** Never 0 % or 100 %: nothing is that sure. */
function percent(score) {
  return `${Math.min(99.9, Math.max(0.1, score * 100)).toFixed(1)} %`;
}

/** Positive speaks for spam. */
function signed(weight) {
  return `${weight < 0 ? '−' : '+'}${Math.abs(weight).toFixed(2)}`;
}
