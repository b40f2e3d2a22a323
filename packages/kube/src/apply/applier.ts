/**
 * Objects that we own, by server-side apply. An apply that would change nothing is not sent: the object carries a hash of
 * what was applied last, and shows it still. The first try is without force; a conflict is counted, told to the caller,
 * and forced, since an owner that gives in does not keep its promise.
 */
import { createHash } from 'node:crypto';
import type { Registry } from 'prom-client';
import { canonical } from '../canonical.ts';
import type { KubeClient } from '../client.ts';
import { isKubeError, type KubeError } from '../kube-error.ts';
import { counter } from '../metrics.ts';
import { keyOf, type KubeObject } from '../objects.ts';
import type { Resource } from '../resources.ts';
import { project } from './projection.ts';

export interface ApplierOptions {
  client: Pick<KubeClient, 'apply'>;
  fieldManager: string;
  /** The annotation that holds the hash. */
  hashAnnotation?: string;
  registry?: Registry;
}

export interface Forced {
  /** Such as `.spec.replicas`. */
  fields: string[];
  /** Who had them. */
  managers: string[];
}

export interface Applied<T extends KubeObject> {
  /** `unchanged`: nothing was sent, or it made no difference. */
  result: 'applied' | 'unchanged';
  /** As the server has it now. */
  object: T;
  /** Fields that were taken from others: worth an Event. */
  forced?: Forced;
}

export interface Applier {
  /** `live` is the object of a cache, if there is one: without it, the apply is sent in any case. */
  applyOwned<T extends KubeObject>(resource: Resource, desired: T, options?: OwnedOptions<T>): Promise<Applied<T>>;
}

export interface OwnedOptions<T extends KubeObject> {
  live?: T | undefined;
  signal?: AbortSignal;
}

const HASH_ANNOTATION = 'chatwarden.io/applied-hash';
const HASH_CHARACTERS = 16;

interface Shown {
  hash: string;
  /** What the server makes of it, where that is not what was sent: `1000m` is `1`. */
  text: string;
}

export function createApplier({ client, fieldManager, hashAnnotation, registry }: ApplierOptions): Applier {
  const annotation = hashAnnotation ?? HASH_ANNOTATION;
  const shown = new Map<string, Shown>();
  const count = createApplyMetrics(registry);

  function isAsApplied(live: KubeObject, desired: KubeObject, hash: string): boolean {
    if (live.metadata.annotations?.[annotation] !== hash) return false;
    const known = shown.get(nameOf(desired));
    const expected = known?.hash === hash ? known.text : canonical(desired);
    return canonical(project(live, desired)) === expected;
  }

  function remember(object: KubeObject, desired: KubeObject, hash: string): void {
    const text = canonical(project(object, desired));
    if (text === canonical(desired)) shown.delete(nameOf(desired));
    else shown.set(nameOf(desired), { hash, text });
  }

  async function send<T extends KubeObject>(resource: Resource, marked: T, signal: AbortSignal | undefined) {
    const options = { fieldManager, ...(signal ? { signal } : {}) };
    try {
      return { object: await client.apply(resource, marked, options) };
    } catch (error) {
      if (!isKubeError(error, 'Conflict') || error.causes.length === 0) throw error;
      const forced = forcedBy(error);
      const object = await client.apply(resource, marked, { ...options, force: true });
      count.conflict(resource);
      return { object, forced };
    }
  }

  async function applyOwned<T extends KubeObject>(
    resource: Resource,
    desired: T,
    { live, signal }: OwnedOptions<T> = {},
  ): Promise<Applied<T>> {
    const hash = createHash('sha256').update(canonical(desired)).digest('hex').slice(0, HASH_CHARACTERS);
    if (live && isAsApplied(live, desired, hash)) return { result: 'unchanged', object: live };
    const annotations = { ...desired.metadata.annotations, [annotation]: hash };
    const marked = { ...desired, metadata: { ...desired.metadata, annotations } };
    const sent = await send(resource, marked, signal);
    remember(sent.object, desired, hash);
    const same = live?.metadata.resourceVersion === sent.object.metadata.resourceVersion;
    const result = same ? 'unchanged' : 'applied';
    count.sent(resource, result);
    return { result, ...sent };
  }

  return { applyOwned };
}

function createApplyMetrics(registry: Registry | undefined) {
  const applies = counter({
    registry,
    name: 'kube_apply_total',
    help: 'Server-side applies that were sent',
    labelNames: ['resource', 'result'],
  });
  const conflicts = counter({
    registry,
    name: 'kube_apply_conflicts_total',
    help: 'Applies that took fields from another manager by force',
    labelNames: ['resource'],
  });
  return {
    sent: ({ plural }: Resource, result: string) => applies.inc({ resource: plural, result }),
    conflict: ({ plural }: Resource) => conflicts.inc({ resource: plural }),
  };
}

const nameOf = ({ kind, metadata }: KubeObject) => `${kind} ${keyOf(metadata)}`;

/** `conflict with "kubectl" using apps/v1`; apimachinery, managedfields/internal/conflict.go. */
const MANAGER = /^conflict with "([^"]*)"/;

function forcedBy({ causes }: KubeError): Forced {
  const fields = causes.flatMap(({ field }) => (field === undefined ? [] : [field]));
  const managers = causes.flatMap(({ message }) => MANAGER.exec(message)?.[1] ?? []);
  return { fields: [...new Set(fields)], managers: [...new Set(managers)] };
}
