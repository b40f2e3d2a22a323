import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { CONDITION_TYPES } from '@chatwarden/contracts';
import { expect, it } from 'vitest';
import { CONDITIONS, EVENT_REASONS } from './all-reasons.ts';

/** Given as values: the autoscaler's engine, and where the group has its place. */
const BY_VALUE = ['KEDA', 'HPA', 'Dedicated', 'Shared'];

/** As the steps give them: `no('Unclaimed', ...)`, `reason: 'Rolling'`, `wait(work, 'Draining', ...)`, `?? 'Inactive'`. */
const GIVEN = [
  /\b(?:yes|no|unknown)\(\s*'([A-Z]\w+)'/g,
  /\breason: '([A-Z]\w+)'/g,
  /\bwait\(work, '([A-Z]\w+)'/g,
  /\b(?:yes|no|unknown)\([\w.]+ \?\? '([A-Z]\w+)'/g,
];

function givenReasons(): string[] {
  const folder = join(import.meta.dirname, '..');
  const isSource = (file: string) => file.endsWith('.ts') && !file.endsWith('.test.ts') && !file.startsWith('reasons/');
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter(isSource);
  const sources = [...files, '../wire.ts'].map((file) => readFileSync(join(folder, file), 'utf8'));
  const found = sources.flatMap((source) =>
    GIVEN.flatMap((form) => Array.from(source.matchAll(form), ([, name]) => name)),
  );
  return found.filter((name) => name !== undefined);
}

const described = [...Object.values(CONDITIONS).flatMap(({ reasons }) => reasons), ...EVENT_REASONS].map(
  ({ reason }) => reason,
);

it('every reason that is given is described', () => {
  expect(givenReasons().filter((reason) => !described.includes(reason))).toEqual([]);
});

it('every reason that is described is given', () => {
  const given = [...givenReasons(), ...BY_VALUE];
  expect(described.filter((reason) => !given.includes(reason))).toEqual([]);
});

it('all conditions are described, in the order of the status', () => {
  expect(Object.keys(CONDITIONS)).toEqual(CONDITION_TYPES);
});

it('what is not as it should be says what to do, or ends by itself', () => {
  const passes = ['Held', 'CatchingUp', 'LowRate', 'Shared', 'Dedicated', 'NotPaused', 'NotStalled', 'UpToDate'];
  const silent = Object.values(CONDITIONS)
    .flatMap(({ reasons }) => reasons)
    .filter(({ status, todo, reason }) => status === 'False' && todo === undefined && !passes.includes(reason));
  expect(silent).toEqual([]);
});
