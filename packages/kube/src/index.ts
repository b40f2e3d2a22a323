export {
  createKubeClient,
  type ApplyOptions,
  type DeleteOptions,
  type KubeClient,
  type KubeClientOptions,
  type Scale,
  type WriteOptions,
} from './client.ts';
export type { AccessSource } from './http/access.ts';
export type { KubeRequest } from './http/attempt.ts';
export type { Change } from './informer/cache.ts';
export type { ChangeHandler } from './informer/handlers.ts';
export { createInformer, type Informer } from './informer/informer.ts';
export type { InformerOptions } from './informer/informer-options.ts';
export { isGone, isKubeError, KubeError, type KubeErrorCause, type KubeErrorFacts } from './kube-error.ts';
export { createKubeLease, type KubeLeaseOptions } from './lease/kube-lease.ts';
export type { LeaseObject, LeaseSpec } from './lease/lease-object.ts';
export type { KubeList, ListOptions } from './list.ts';
export type { KubeLog } from './log.ts';
export { counter, gauge, histogram } from './metrics.ts';
export { toMicroTime, toTime } from './micro-time.ts';
export { atOf, keyOf, ownedBy, type At, type KubeObject, type ObjectMeta, type OwnerReference } from './objects.ts';
export { RESOURCES, type Resource } from './resources.ts';
export type { Watch, WatchEvent, WatchOptions } from './watch.ts';
export { createApplier, type Applied, type Applier, type ApplierOptions, type Forced } from './apply/applier.ts';
export { findCondition, sameStatus, setCondition, type Condition, type NewCondition } from './status/conditions.ts';
export { createEventRecorder, type EventRecorder, type EventRecorderOptions } from './events/event-recorder.ts';
export type { EventFacts, Reporter } from './events/event-object.ts';
