// @ts-check
// The doctor's decision: what to print, and whether this machine can run and test Chatwarden.

/** @typedef {import('./machine.mjs').Machine} Machine */
/** @typedef {import('./needs.mjs').Need} Need */

/** @param {readonly Need[]} needs @param {Machine} machine @returns {{ lines: string[], healthy: boolean }} */
export function diagnose(needs, machine) {
  const results = needs.map((need) => ({ need, result: need.probe(machine) }));
  const lines = results.flatMap(({ need, result }) => {
    const head = `${need.name} (${need.neededBy})`;
    if ('found' in result) return [`ok       ${head}: ${result.found}`];
    const mark = need.required ? 'MISSING ' : 'optional';
    return [`${mark} ${head}: ${result.missing}`, `         -> ${result.install}`];
  });
  const missing = results
    .filter(({ need, result }) => need.required && 'missing' in result)
    .map(({ need }) => need.name);
  const sum =
    missing.length === 0
      ? 'This machine can run and test Chatwarden: make run, make test.'
      : `Missing for make run and make test: ${missing.join(', ')}.`;
  return { lines: [...lines, '', sum], healthy: missing.length === 0 };
}
