import { element, svgElement } from './element.js';
import { BANDS, count, duration, hour } from './words.js';

/** In the chart's own units; it is stretched to its box. */
const CHART = { width: 720, height: 120, gap: 3 };
const ORDER = ['allow', 'ask', 'act'];

export function showTiles(list, { totals }, actions) {
  const { act, ask, allow } = totals.bands;
  const done = Object.values(totals.actions).reduce((sum, n) => sum + n, 0);
  const tiles = [
    ['judged', count(act + ask + allow), ''],
    ['spam', count(act), 'act'],
    ['unsure, for a moderator', count(ask), 'ask'],
    ['actions', count(done), ''],
    ['delivery to effect, median', medianLatency(actions), ''],
  ];
  list.replaceChildren(
    ...tiles.map(([name, value, kind]) =>
      element('div', { class: kind }, element('dt', {}, name), element('dd', {}, value)),
    ),
  );
}

function medianLatency(actions) {
  const times = actions.flatMap(({ latencyMs }) => (latencyMs === undefined ? [] : [latencyMs])).sort((a, b) => a - b);
  return times.length === 0 ? '–' : duration(times[Math.floor(times.length / 2)]);
}

export function showChart(box, { totals, hours }) {
  const max = Math.max(1, ...hours.map(({ bands }) => bands.act + bands.ask + bands.allow));
  const { width, height } = CHART;
  const { act, ask, allow } = totals.bands;
  const label = `Verdicts by hour: ${inWords({ act, ask, allow })}`;
  const chart = svgElement(
    'svg',
    { viewBox: `0 0 ${width} ${height}`, preserveAspectRatio: 'none', role: 'img', 'aria-label': label },
    ...hours.map((item, i) => bar(item, { x: (i * width) / hours.length, step: width / hours.length, max })),
    svgElement('line', { class: 'axis', x1: '0', y1: `${height}`, x2: `${width}`, y2: `${height}` }),
  );
  const ticks = [0, 0.25, 0.5, 0.75].map((share) => hours[Math.floor(share * hours.length)]).filter(Boolean);
  const scale = element(
    'div',
    { class: 'hours' },
    ...ticks.map((item) => element('span', {}, hour(item.hour))),
    element('span', {}, 'now'),
  );
  box.replaceChildren(chart, scale);
}

function bar({ hour: at, bands }, { x, step, max }) {
  let y = CHART.height;
  const parts = ORDER.filter((band) => bands[band] > 0).map((band) => {
    // What happened at all is seen, however little it is beside the rest.
    const height = Math.max(1.5, (bands[band] / max) * (CHART.height - 4));
    y -= height;
    const box = { x: x + CHART.gap / 2, y, width: step - CHART.gap, height };
    return svgElement('rect', { class: `bar-${band}`, ...texts(box) });
  });
  const words = `${hour(at)}: ${inWords(bands)}`;
  return svgElement('g', {}, svgElement('title', {}, words), ...parts);
}

function inWords({ act, ask, allow }) {
  return `${count(act)} ${BANDS.act}, ${count(ask)} ${BANDS.ask}, ${count(allow)} ${BANDS.allow}`;
}

function texts(numbers) {
  return Object.fromEntries(Object.entries(numbers).map(([name, value]) => [name, value.toFixed(2)]));
}
