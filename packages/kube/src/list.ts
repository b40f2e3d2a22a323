/** Lists in pages. A server may forget a list between two of its pages (410): then it is read from the beginning. */
import { isGone } from './kube-error.ts';
import type { Requester } from './http/requester.ts';
import type { KubeObject } from './objects.ts';
import { collectionPath, type Resource } from './resources.ts';

export interface ListOptions<T extends KubeObject = KubeObject> {
  /** All namespaces when absent. */
  namespace?: string | undefined;
  labelSelector?: string | undefined;
  fieldSelector?: string | undefined;
  /** What is kept of each object: applied page by page, so that a long list never is in memory as it was sent. */
  trim?: ((object: T) => T) | undefined;
  /** Objects of a page. */
  limit?: number;
  timeoutMs?: number;
  signal?: AbortSignal;
}

export interface KubeList<T> {
  items: T[];
  /** Where a watch of the same scope goes on. */
  resourceVersion: string;
}

interface Page<T> {
  metadata: { resourceVersion: string; continue?: string };
  items: T[] | null;
}

/** As client-go. */
const PAGE_OBJECTS = 500;
/** A list is large: one page of large objects may take long on a busy server. */
const PAGE_TIMEOUT_MS = 60_000;
/** After so many lists that were forgotten half-way, it is asked for in one piece. */
const RESTARTS_MAX = 3;

export async function listAll<T extends KubeObject>(
  requester: Requester,
  resource: Resource,
  options: ListOptions<T>,
): Promise<KubeList<T>> {
  for (let restarts = 0; ; restarts += 1) {
    const whole = restarts > RESTARTS_MAX;
    try {
      return await listOnce(requester, resource, whole ? { ...options, limit: 0 } : options);
    } catch (error) {
      if (!isGone(error) || whole) throw error;
    }
  }
}

async function listOnce<T extends KubeObject>(
  requester: Requester,
  resource: Resource,
  options: ListOptions<T>,
): Promise<KubeList<T>> {
  const { trim = (object) => object, limit = PAGE_OBJECTS, timeoutMs = PAGE_TIMEOUT_MS, signal } = options;
  const { apiVersion, kind } = resource;
  const items: T[] = [];
  let next: string | undefined;
  for (;;) {
    const page: Page<T> = await requester.json<Page<T>>({
      method: 'GET',
      path: collectionPath(resource, options.namespace),
      query: {
        labelSelector: options.labelSelector,
        fieldSelector: options.fieldSelector,
        limit: limit === 0 ? undefined : limit,
        continue: next,
      },
      timeoutMs,
      ...(signal ? { signal } : {}),
    });
    // Objects of built-in kinds come without apiVersion and kind in a list.
    for (const item of page.items ?? []) items.push(trim({ ...item, apiVersion, kind }));
    next = page.metadata.continue;
    if (next === undefined || next === '') return { items, resourceVersion: page.metadata.resourceVersion };
  }
}
