import type { EcsDocument } from './to-ecs.ts';

const COLOURS: Readonly<Record<string, number>> = { debug: 90, warn: 33, error: 31, fatal: 31 };
const LEVEL_WIDTH = 5;

/**
 * One line for a person at a terminal: time (UTC), level, message, labels. An error with a code explains itself; any
 * other is a surprise, and its stack follows.
 */
export function toPrettyLine(document: EcsDocument, { colours }: { colours: boolean }): string {
  const { level } = document.log;
  const time = document['@timestamp'].slice(11, 19);
  const labels = Object.entries(document.labels ?? {}).map(([name, value]) => `${name}=${value}`);
  const line = [time, level.toUpperCase().padEnd(LEVEL_WIDTH), document.message, ...labels, ...errorOf(document)];
  const text = `${line.join(' ')}${stackOf(document)}`;
  const colour = COLOURS[level];
  return colours && colour !== undefined ? `\u001b[${colour}m${text}\u001b[0m\n` : `${text}\n`;
}

function errorOf({ error, message }: EcsDocument): string[] {
  // pino adds the messages of the causes to an error's own.
  if (!error || message.includes(error.message) || error.message.startsWith(`${message}: `)) return [];
  return [`(${[error.type, error.message].filter(Boolean).join(': ')})`];
}

function stackOf({ error, log }: EcsDocument): string {
  const serious = log.level === 'error' || log.level === 'fatal';
  if (!serious || error?.code !== undefined || error?.stack_trace === undefined) return '';
  const frames = error.stack_trace.split('\n').filter((line) => line.startsWith('    at '));
  return ['', ...frames].join('\n');
}
