/** One list and watch of an informer, and what is known by it: of a namespace, or of the whole cluster. */
import type { KubeObject, ObjectMeta } from '../objects.ts';
import { createCache, type Cache } from './cache.ts';
import { INACTIVITY_MS } from './delays.ts';
import type { InformerOptions } from './informer-options.ts';
import { createReflector, type Reflector, type ReflectorOptions } from './reflector.ts';

export interface Scope<T extends KubeObject> {
  cache: Cache<T>;
  reflector: Reflector;
}

export type ScopeOptions<T extends KubeObject> = Pick<ReflectorOptions<T>, 'namespace' | 'tell' | 'metrics'>;

export function openScope<T extends KubeObject>(options: InformerOptions<T>, of: ScopeOptions<T>): Scope<T> {
  const { client, resource, trim = same, optional = false } = options;
  const cache = createCache<T>();
  const reflector = createReflector<T>({
    ...of,
    client,
    resource,
    labelSelector: options.labelSelector,
    fieldSelector: options.fieldSelector,
    trim: (object) => trim(withoutManagedFields(object)),
    serves: optional ? () => client.serves(resource) : undefined,
    cache,
    clock: options.clock,
    log: options.log,
    inactivityMs: options.inactivityMs ?? INACTIVITY_MS,
    random: options.random ?? Math.random,
  });
  return { cache, reflector };
}

const same = <T>(object: T) => object;

/** They are often longer than the object itself, and a controller that applies has no use for them. */
function withoutManagedFields<T extends KubeObject>(object: T): T {
  const { managedFields: _, ...metadata } = object.metadata as ObjectMeta & { managedFields?: unknown };
  return { ...object, metadata };
}
