import type { Millis } from '@chatwarden/contracts';
import { toMicroTime } from '../micro-time.ts';
import type { KubeObject } from '../objects.ts';
import { RESOURCES } from '../resources.ts';

/** coordination.k8s.io/v1 */
export interface LeaseObject extends KubeObject {
  spec?: LeaseSpec;
}

export interface LeaseSpec {
  /** Empty or absent: nobody has it. */
  holderIdentity?: string;
  leaseDurationSeconds?: number;
  /** MicroTime, for people: who holds it is decided by watching it change. */
  acquireTime?: string;
  renewTime?: string;
  /** Our epoch. */
  leaseTransitions?: number;
}

export interface Tenure {
  holder: string;
  termMs: number;
  epoch: number;
  now: Millis;
}

/** The object as a new holder writes it; fields of other writers stay. */
export function taken(old: LeaseObject, { holder, termMs, epoch, now }: Tenure): LeaseObject {
  return {
    ...old,
    spec: {
      ...old.spec,
      holderIdentity: holder,
      leaseDurationSeconds: Math.ceil(termMs / 1000),
      acquireTime: toMicroTime(now),
      renewTime: toMicroTime(now),
      leaseTransitions: epoch,
    },
  };
}

export function renewed(held: LeaseObject, now: Millis): LeaseObject {
  return { ...held, spec: { ...held.spec, renewTime: toMicroTime(now) } };
}

/** As client-go gives one back: with a term that is as good as over, for those that look only at that. */
export function released(held: LeaseObject, now: Millis): LeaseObject {
  return { ...held, spec: { ...held.spec, holderIdentity: '', leaseDurationSeconds: 1, renewTime: toMicroTime(now) } };
}

export function newLease(namespace: string, name: string): LeaseObject {
  const { apiVersion, kind } = RESOURCES.leases;
  return { apiVersion, kind, metadata: { name, namespace } };
}

export function isHeldBy({ spec }: LeaseObject, holder: string, epoch: number): boolean {
  return spec?.holderIdentity === holder && spec.leaseTransitions === epoch;
}
