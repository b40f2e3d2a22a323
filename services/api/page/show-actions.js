import { element, showList } from './element.js';
import { ACTIONS, duration, fullTime, short, time } from './words.js';

export function showActions(list, actions) {
  showList(list, actions, { toElement, empty: 'Nothing had to be done yet.' });
}

function toElement({ kind, result, reason, sender, messageId, latencyMs, time: at, message }) {
  const about = [messageId !== undefined && `message ${messageId}`, sender && `sender ${short(sender)}`, reason].filter(
    Boolean,
  );
  return element(
    'li',
    { class: 'row' },
    element('span', { class: `chip ${result}` }, result),
    element('span', { class: 'what' }, ACTIONS[kind] ?? message),
    element('time', { datetime: at, title: fullTime(at) }, time(at)),
    element('span', { class: 'aside more' }, about.join(' · ')),
    element('span', { class: 'right', title: 'from delivery to effect' }, duration(latencyMs)),
  );
}
