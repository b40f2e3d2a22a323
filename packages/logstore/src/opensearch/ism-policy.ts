/**
 * Index State Management from inside OpenSearch, beside our own deleter: it goes by an index's creation, which is why it
 * waits a day longer than the days that are kept. Source: https://docs.opensearch.org/latest/im-plugin/ism/policies/
 */
import { logIndices } from '../documents.ts';

/** Rises with every change below. The plugin has no field for it, so that it stands in the description. */
export const POLICY_VERSION = 1;

const VERSION = /version (\d+)/;
const PRIORITY = 300;

export function logPolicy(prefix: string, keepDays: number): object {
  const condition = { min_index_age: `${keepDays + 1}d` };
  return {
    policy: {
      description: `Logs of Chatwarden, kept for ${keepDays} days. Managed by Chatwarden, version ${POLICY_VERSION}`,
      default_state: 'kept',
      states: [
        { name: 'kept', actions: [], transitions: [{ state_name: 'over', conditions: condition }] },
        {
          name: 'over',
          actions: [{ retry: { count: 10, backoff: 'exponential', delay: '10m' }, delete: {} }],
          transitions: [],
        },
      ],
      ism_template: [{ index_patterns: [logIndices(prefix)], priority: PRIORITY }],
    },
  };
}

export function policyVersion(description: string | undefined): number {
  return Number(VERSION.exec(description ?? '')?.[1] ?? 0);
}
