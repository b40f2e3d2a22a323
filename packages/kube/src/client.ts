/** The verbs of Kubernetes on raw JSON. */
import type { Clock } from '@chatwarden/contracts';
import type { Registry } from 'prom-client';
import { createDiscovery } from './discovery.ts';
import { openAccess, type AccessSource } from './http/access.ts';
import type { KubeRequest } from './http/attempt.ts';
import { createRequester, type Requester } from './http/requester.ts';
import { isKubeError } from './kube-error.ts';
import { listAll, type KubeList, type ListOptions } from './list.ts';
import type { At, KubeObject } from './objects.ts';
import { collectionPath, objectPath, type Resource } from './resources.ts';
import { createWatch, type Watch } from './watch.ts';

export interface KubeClientOptions {
  access: AccessSource;
  clock: Clock;
  /** Requests a second that this client allows itself; 20 and 30, as controller-runtime's. */
  qps?: number;
  burst?: number;
  userAgent?: string;
  /** Of one try of a request; 30 s. */
  timeoutMs?: number;
  /** Acts as somebody else, whose rights count: what `kubectl --as` does. */
  impersonate?: { user: string; groups?: readonly string[] };
  registry?: Registry;
}

export interface ApplyOptions {
  /** Who owns the fields that are sent. */
  fieldManager: string;
  /** Takes fields from other managers instead of a KubeError with reason `Conflict`. */
  force?: boolean;
  dryRun?: boolean;
  signal?: AbortSignal;
}

export interface WriteOptions {
  fieldManager?: string;
  subresource?: 'status' | 'scale';
  dryRun?: boolean;
  signal?: AbortSignal;
}

export interface DeleteOptions {
  /** What happens to what the object owns; `Background` when absent. */
  propagationPolicy?: 'Background' | 'Foreground' | 'Orphan';
  /** Deletes only this very object: one with the name that was made anew has another uid. */
  preconditions?: { uid?: string; resourceVersion?: string };
  signal?: AbortSignal;
}

export interface Scale extends KubeObject {
  spec: { replicas: number };
  status?: { replicas: number; selector?: string };
}

export interface KubeClient {
  /** Where the context or the pod says that we are. */
  namespace: string;
  /** Undefined when there is none of that name. */
  get<T extends KubeObject>(resource: Resource, at: At, signal?: AbortSignal): Promise<T | undefined>;
  list<T extends KubeObject>(resource: Resource, options?: ListOptions<T>): Promise<KubeList<T>>;
  watch: Watch;
  /** Server-side apply: makes the object, or changes the fields that are sent and drops those that we sent before. */
  apply<T extends KubeObject>(resource: Resource, object: T, options: ApplyOptions): Promise<T>;
  applyStatus<T extends KubeObject>(resource: Resource, object: T, options: ApplyOptions): Promise<T>;
  /** Rejects with reason `AlreadyExists` when there is one. */
  create<T extends KubeObject>(resource: Resource, object: T, options?: WriteOptions): Promise<T>;
  /** Writes the whole object; with `metadata.resourceVersion`, rejects with `Conflict` when it has changed since. */
  replace<T extends KubeObject>(resource: Resource, object: T, options?: WriteOptions): Promise<T>;
  /** JSON merge patch: null removes a field, lists are replaced whole. */
  mergePatch<T extends KubeObject>(resource: Resource, at: At, change: WriteOptions & { patch: object }): Promise<T>;
  /** An object that is gone already is fine. Resolves before finalizers have run. */
  delete(resource: Resource, at: At, options?: DeleteOptions): Promise<void>;
  getScale(resource: Resource, at: At): Promise<Scale | undefined>;
  setScale(resource: Resource, at: At, replicas: number): Promise<Scale>;
  /** Whether the cluster knows the kind. Remembered for a second. */
  serves(resource: Resource): Promise<boolean>;
  /** Anything else that the API can do. */
  request<T>(request: KubeRequest): Promise<T>;
  /** Closes connections that wait for a next request. */
  close(): void;
}

const QPS = 20;
const BURST = 30;
const TIMEOUT_MS = 30_000;
/** JSON is YAML. */
const APPLY = 'application/apply-patch+yaml';
const MERGE_PATCH = 'application/merge-patch+json';

/** Throws when there is no configuration to read; connects to nothing yet. */
export function createKubeClient(options: KubeClientOptions): KubeClient {
  const { clock, registry, qps = QPS, burst = BURST, userAgent = 'chatwarden-kube', timeoutMs = TIMEOUT_MS } = options;
  const access = openAccess(options.access);
  const headers = impersonationOf(options);
  const requester = createRequester({ access, clock, qps, burst, userAgent, timeoutMs, headers, registry });
  return {
    namespace: access.namespace,
    ...readingVerbs(requester),
    ...writingVerbs(requester),
    watch: createWatch(requester, clock),
    serves: createDiscovery(requester, clock),
    request: requester.json,
    close: access.close,
  };
}

function impersonationOf({ impersonate }: KubeClientOptions): Record<string, string | string[]> {
  if (!impersonate) return {};
  const { user, groups = [] } = impersonate;
  return { 'impersonate-user': user, ...(groups.length > 0 ? { 'impersonate-group': [...groups] } : {}) };
}

function readingVerbs({ json }: Requester) {
  async function read<T>(path: string, signal: AbortSignal | undefined): Promise<T | undefined> {
    try {
      return await json<T>({ method: 'GET', path, ...(signal ? { signal } : {}) });
    } catch (error) {
      if (isKubeError(error) && error.status === 404) return undefined;
      throw error;
    }
  }
  return {
    get: <T extends KubeObject>(resource: Resource, at: At, signal?: AbortSignal) =>
      read<T>(objectPath(resource, at), signal),
    getScale: (resource: Resource, at: At) => read<Scale>(objectPath(resource, at, 'scale'), undefined),
    list: <T extends KubeObject>(resource: Resource, options: ListOptions<T> = {}) =>
      listAll<T>({ json } as Requester, resource, options),
  };
}

function writingVerbs({ json }: Requester) {
  function applyTo<T extends KubeObject>(path: string, object: T, options: ApplyOptions): Promise<T> {
    const { fieldManager, force = false, dryRun, signal } = options;
    return json<T>({
      method: 'PATCH',
      path,
      query: { fieldManager, force, dryRun: dryRun ? 'All' : undefined },
      body: object,
      contentType: APPLY,
      ...(signal ? { signal } : {}),
    });
  }

  function queryOf({ fieldManager, dryRun }: WriteOptions) {
    return { fieldManager, dryRun: dryRun ? 'All' : undefined };
  }

  async function remove(resource: Resource, at: At, options: DeleteOptions = {}): Promise<void> {
    const { propagationPolicy = 'Background', preconditions, signal } = options;
    const body = { apiVersion: 'v1', kind: 'DeleteOptions', propagationPolicy, preconditions };
    const path = objectPath(resource, at);
    try {
      await json({ method: 'DELETE', path, body, ...(signal ? { signal } : {}) });
    } catch (error) {
      if (!isKubeError(error) || error.status !== 404) throw error;
    }
  }

  return {
    apply: <T extends KubeObject>(resource: Resource, object: T, options: ApplyOptions) =>
      applyTo(objectPath(resource, object.metadata), object, options),
    applyStatus: <T extends KubeObject>(resource: Resource, object: T, options: ApplyOptions) =>
      applyTo(objectPath(resource, object.metadata, 'status'), object, options),
    create: <T extends KubeObject>(resource: Resource, object: T, options: WriteOptions = {}) =>
      json<T>({
        method: 'POST',
        path: collectionPath(resource, object.metadata.namespace),
        query: queryOf(options),
        body: object,
        ...(options.signal ? { signal: options.signal } : {}),
      }),
    replace: <T extends KubeObject>(resource: Resource, object: T, options: WriteOptions = {}) =>
      json<T>({
        method: 'PUT',
        path: objectPath(resource, object.metadata, options.subresource),
        query: queryOf(options),
        body: object,
        ...(options.signal ? { signal: options.signal } : {}),
      }),
    mergePatch: <T extends KubeObject>(resource: Resource, at: At, change: WriteOptions & { patch: object }) =>
      json<T>({
        method: 'PATCH',
        path: objectPath(resource, at, change.subresource),
        query: queryOf(change),
        body: change.patch,
        contentType: MERGE_PATCH,
        ...(change.signal ? { signal: change.signal } : {}),
      }),
    setScale: (resource: Resource, at: At, replicas: number) =>
      json<Scale>({
        method: 'PATCH',
        path: objectPath(resource, at, 'scale'),
        body: { spec: { replicas } },
        contentType: MERGE_PATCH,
      }),
    delete: remove,
  };
}
