/** Objects of Kubernetes as raw JSON: what a server sends is kept whole, also fields that are newer than we are. */

export interface OwnerReference {
  apiVersion: string;
  kind: string;
  name: string;
  uid: string;
  controller?: boolean;
  blockOwnerDeletion?: boolean;
}

export interface ObjectMeta {
  name: string;
  namespace?: string;
  uid?: string;
  resourceVersion?: string;
  /** Rises with each change of the spec, never with one of the status. */
  generation?: number;
  labels?: Record<string, string>;
  annotations?: Record<string, string>;
  ownerReferences?: OwnerReference[];
  finalizers?: string[];
  /** RFC 3339, whole seconds. */
  creationTimestamp?: string;
  deletionTimestamp?: string;
}

/** Further fields (`spec`, `status`, `data`) by intersection: `KubeObject & { spec: MySpec }`. */
export interface KubeObject {
  apiVersion: string;
  kind: string;
  metadata: ObjectMeta;
}

/** Where an object stands. The namespace is absent for kinds that have none. */
export interface At {
  name: string;
  namespace?: string;
}

/** `namespace/name`, or the name alone: how caches and queues call an object. */
export function keyOf({ name, namespace }: At): string {
  return namespace === undefined ? name : `${namespace}/${name}`;
}

export function atOf(key: string): At {
  const slash = key.indexOf('/');
  return slash < 0 ? { name: key } : { namespace: key.slice(0, slash), name: key.slice(slash + 1) };
}

/** For objects that should go when `owner` goes. Both must stand in one namespace. */
export function ownedBy(owner: KubeObject): OwnerReference {
  const { uid, name } = owner.metadata;
  if (uid === undefined) throw new Error(`${owner.kind} ${name} has no uid yet: it must be read from the server first`);
  return { apiVersion: owner.apiVersion, kind: owner.kind, name, uid, controller: true, blockOwnerDeletion: true };
}
