import type { Clock, Millis } from '@chatwarden/contracts';
import type { Requester } from './http/requester.ts';
import { isKubeError } from './kube-error.ts';
import { groupPath, type Resource } from './resources.ts';

interface ResourceList {
  resources: { name: string }[];
}

interface Known {
  names: Promise<ReadonlySet<string>>;
  until: Millis;
}

/** Long enough for all kinds of a group that somebody asks for at once. */
const REMEMBERED_MS = 1000;

/** Asks once per group and version, however many kinds of it are asked for. */
export function createDiscovery(requester: Requester, clock: Clock): (resource: Resource) => Promise<boolean> {
  const known = new Map<string, Known>();

  async function ask(path: string): Promise<ReadonlySet<string>> {
    try {
      const { resources } = await requester.json<ResourceList>({ method: 'GET', path });
      return new Set(resources.map(({ name }) => name));
    } catch (error) {
      if (isKubeError(error) && error.status === 404) return new Set();
      known.delete(path);
      throw error;
    }
  }

  return async (resource) => {
    const path = groupPath(resource);
    let entry = known.get(path);
    if (!entry || entry.until <= clock.now()) {
      entry = { names: ask(path), until: clock.now() + REMEMBERED_MS };
      known.set(path, entry);
    }
    return (await entry.names).has(resource.plural);
  };
}
