import type { KubeClient } from '@chatwarden/kube';

const VERBS = ['get', 'list', 'watch', 'apply', 'applyStatus', 'create', 'replace', 'mergePatch', 'delete'] as const;
const SCALE = ['getScale', 'setScale'] as const;

/** The same client, whose requests are counted by verb and resource, as its callers make them. */
export function countRequests(client: KubeClient): { client: KubeClient; requests: Record<string, number> } {
  const requests: Record<string, number> = {};
  const counted = { ...client };
  for (const verb of [...VERBS, ...SCALE]) {
    const original = client[verb] as (...args: unknown[]) => unknown;
    const counting = (...args: unknown[]) => {
      const [{ plural }] = args as [{ plural: string }];
      const name = `${verb} ${plural}`;
      requests[name] = (requests[name] ?? 0) + 1;
      return original(...args);
    };
    Object.assign(counted, { [verb]: counting });
  }
  return { client: counted, requests };
}
