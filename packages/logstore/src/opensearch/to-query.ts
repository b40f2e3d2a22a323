/** Filters in OpenSearch's query language. All of them only let through or not; nothing is scored. Pure. */
import { LogLevel } from '@chatwarden/contracts';
import type { Filter } from '../log-store.ts';
import { namesOf } from '../level.ts';
import { wordsOf } from '../words.ts';

/** Where a word may stand. */
const WORDS_IN = ['message', 'chatwarden.reasons', 'chatwarden.checks.name.words', 'chatwarden.sender'];

export function toQuery(filter: Filter, more: readonly object[] = []): object {
  const { service, level, dataset, groupId, band, stage, actionKind, from, to, text } = filter;
  const clauses: object[] = [];
  const term = (field: string, value: string | undefined) => {
    if (value !== undefined) clauses.push({ term: { [field]: value } });
  };
  term('service.name', service);
  term('event.dataset', dataset);
  term('chatwarden.groupId', groupId);
  term('chatwarden.band', band);
  term('chatwarden.stage', stage);
  term('chatwarden.actionKind', actionKind);
  if (level !== undefined) clauses.push(ofLevel(level));
  if (from !== undefined || to !== undefined) clauses.push({ range: { '@timestamp': range(from, to) } });
  for (const word of wordsOf(text ?? '')) {
    clauses.push({ bool: { should: WORDS_IN.map((field) => ({ term: { [field]: word } })) } });
  }
  return { bool: { filter: [...clauses, ...more] } };
}

/** Without a level, or with one that nobody knows, a document counts as `info`. */
function ofLevel(level: LogLevel): object {
  if (level !== 'info') return { terms: { 'log.level': namesOf(level) } };
  const others = LogLevel.enum.filter((other) => other !== 'info').flatMap(namesOf);
  return { bool: { must_not: { terms: { 'log.level': others } } } };
}

function range(from: number | undefined, to: number | undefined): object {
  return {
    format: 'epoch_millis',
    ...(from === undefined ? {} : { gte: from }),
    ...(to === undefined ? {} : { lt: to }),
  };
}
