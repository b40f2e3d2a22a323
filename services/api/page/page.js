/** Asks the API every two seconds while somebody can see the page, and shows what it says. */
import { element } from './element.js';
import { showActions } from './show-actions.js';
import { showChart, showTiles } from './show-stats.js';
import { showVerdicts } from './show-verdicts.js';

const REFRESH_MS = 2000;
const at = (id) => document.getElementById(id);

const state = { groupId: decodeURIComponent(location.hash.slice(1)), timer: 0, asked: 0 };

async function get(path, query = {}) {
  const parameters = new URLSearchParams(Object.entries(query).filter(([, value]) => value !== ''));
  const answer = await fetch(`/api/v1/${path}?${parameters}`);
  const body = await answer.json();
  if (!answer.ok) throw new Error(body.title ?? answer.statusText);
  return body;
}

async function refresh() {
  clearTimeout(state.timer);
  const turn = ++state.asked;
  try {
    const { demo, groups } = await get('groups');
    const known = groups.find(({ groupId }) => groupId === state.groupId) ?? groups[0];
    if (known) await showGroup(known.groupId, turn);
    // A newer refresh has begun meanwhile, for another group or filter.
    if (turn !== state.asked) return;
    at('demo').hidden = !demo;
    showGroups(groups, known);
    say('live', known ? 'Live' : 'No group yet: add the bot to one');
  } catch (error) {
    if (turn === state.asked) say('away', `No answer: ${error.message}`);
  }
  if (!document.hidden && turn === state.asked) state.timer = setTimeout(refresh, REFRESH_MS);
}

async function showGroup(groupId, turn) {
  const { band, text } = Object.fromEntries(new FormData(at('filters')));
  const group = `groups/${encodeURIComponent(groupId)}`;
  const [stats, { verdicts }, { actions }] = await Promise.all([
    get(`${group}/stats`),
    get(`${group}/verdicts`, { band, text, limit: '50' }),
    get(`${group}/actions`, { limit: '50' }),
  ]);
  if (turn !== state.asked) return;
  showTiles(at('tiles'), stats, actions);
  showChart(at('chart'), stats);
  showVerdicts(at('verdicts'), verdicts);
  showActions(at('actions'), actions);
}

function showGroups(groups, chosen) {
  const nav = at('groups');
  const signature = JSON.stringify([groups, chosen]);
  if (nav.dataset.shown === signature) return;
  const focused = document.activeElement?.dataset?.group;
  nav.replaceChildren(
    ...groups.map(({ groupId, title, mode, preset }) => {
      const pressed = String(groupId === chosen?.groupId);
      const button = element('button', { type: 'button', 'aria-pressed': pressed, 'data-group': groupId }, title);
      button.append(element('small', {}, `${mode === 'enforce' ? 'enforces' : 'observes'}, ${preset}`));
      return button;
    }),
  );
  nav.dataset.shown = signature;
  if (focused) nav.querySelector(`[data-group="${CSS.escape(focused)}"]`)?.focus();
}

/** A status region speaks each change: it changes only when there is something to say. */
function say(kind, words) {
  const live = at('live');
  live.dataset.state = kind;
  if (live.textContent !== words) live.textContent = words;
}

at('groups').addEventListener('click', ({ target }) => {
  const groupId = target.closest('button')?.dataset.group;
  if (!groupId) return;
  state.groupId = groupId;
  history.replaceState(null, '', `#${encodeURIComponent(groupId)}`);
  void refresh();
});
at('filters').addEventListener('input', () => void refresh());
at('filters').addEventListener('submit', (event) => event.preventDefault());
document.addEventListener('visibilitychange', () => {
  if (document.hidden) clearTimeout(state.timer);
  else void refresh();
});
void refresh();
