import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Cluster } from './start-cluster.ts';

const LINES = 8;

/** What the cluster says about itself: objects, warnings, what containers printed, and the last words of the processes. */
export async function explain({ kubernetes: { kubectl }, place }: Cluster): Promise<string> {
  // A kind that the cluster does not know is no reason to say nothing.
  const ask = (args: readonly string[]) => kubectl(args).catch(() => '');
  const kinds = ['telegramgroups', 'deployments', 'pods', 'scaledobjects', 'horizontalpodautoscalers'];
  const objects = kinds.map((kind) => ask(['get', kind, '--all-namespaces', '--output=wide']));
  const warnings = ask(['get', 'events', '--all-namespaces', '--field-selector=type=Warning']);
  const path = '--output=jsonpath={range .items[*]}{.metadata.namespace} {.metadata.name}{"\\n"}{end}';
  const pods = (await ask(['get', 'pods', '--all-namespaces', path])).split('\n').filter((line) => line !== '');
  const printed = pods.map((line) => {
    const [namespace = '', name = ''] = line.split(' ');
    return ask(['logs', name, '--namespace', namespace, `--tail=${LINES}`, '--prefix']);
  });
  const logs = readdirSync(place.logs).map((name) => {
    const lines = readFileSync(join(place.logs, name), 'utf8').trimEnd().split('\n');
    return `--- ${name}\n${lines.slice(-LINES).join('\n')}`;
  });
  return [...(await Promise.all([...objects, warnings, ...printed])), ...logs].join('\n');
}
