/** What people change later, and how long it takes until it is in force. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { TelegramGroup } from '@chatwarden/contracts';
import { keyOf, type Informer, type KubeClient, type KubeObject } from '@chatwarden/kube';
import { applyGroup, writeGroup, type Population, type Written } from './telegram-groups.ts';

export interface Edit {
  group: Written;
  /** What the autoscaler must say then; absent for a group without one. */
  maxReplicas?: number;
}

export interface Applied {
  kind: 'Shared' | 'Dedicated';
  ms: number;
}

export type SeenGroup = TelegramGroup & KubeObject;
export type Autoscaler = KubeObject & { spec: { maxReplicas: number } };

export interface Editing {
  client: KubeClient;
  groups: Pick<Informer<SeenGroup>, 'get' | 'onChange'>;
  autoscalers: Pick<Informer<Autoscaler>, 'get' | 'onChange'>;
  /** Between two edits. */
  everyMs: number;
}

const WITHIN_MS = 60_000;

/** Half of them of Dedicated groups, as far as there are so many; even ones of the policy or of replicas, odd ones of throughput. */
export function chooseEdits(count: number, population: Population): Edit[] {
  const { groups, dedicated } = population;
  const ofDedicated = Math.min(Math.floor(count / 2), dedicated);
  const ofShared = Math.min(count - ofDedicated, groups - dedicated);
  const owners = { from: 0, among: dedicated };
  const sharing = { from: dedicated, among: groups - dedicated };
  return [
    ...spread(ofDedicated, owners).map((at, n) => editDedicated(writeGroup(at, population), n)),
    ...spread(ofShared, sharing).map((at, n) => editShared(writeGroup(at, population), n)),
  ];
}

function spread(count: number, { from, among }: { from: number; among: number }): number[] {
  return Array.from({ length: count }, (_, n) => from + Math.floor((n * among) / count));
}

function editDedicated(group: Written, n: number): Edit {
  if (n % 2 === 0) {
    return {
      group: { ...group, spec: { ...group.spec, autoscaling: { minReplicas: 2, maxReplicas: 5 } } },
      maxReplicas: 5,
    };
  }
  // A burst of three times 1,000 asks for three pods.
  return {
    group: { ...group, spec: { ...group.spec, throughput: { messagesPerSecond: 1000, burstFactor: 3 } } },
    maxReplicas: 3,
  };
}

function editShared(group: Written, n: number): Edit {
  const changed = n % 2 === 0 ? { policy: { preset: 'strict' as const } } : { throughput: THROUGHPUT };
  return { group: { ...group, spec: { ...group.spec, ...changed } } };
}

const THROUGHPUT = { messagesPerSecond: 50, burstFactor: 4 };

/** From sending each edit until the status says it and the autoscaler obeys it, as somebody sees it who watches. */
export async function applyEdits(edits: readonly Edit[], editing: Editing): Promise<Applied[]> {
  const waiting = new Map<string, () => void>();
  const look = ({ object: { metadata } }: { object: KubeObject }) =>
    waiting.get(`${metadata.namespace}/${metadata.name.replace(/-detector$/, '')}`)?.();
  editing.groups.onChange(look);
  editing.autoscalers.onChange(look);
  const running: Promise<Applied>[] = [];
  for (const edit of edits) {
    running.push(applyEdit(edit, editing, waiting));
    await sleep(editing.everyMs);
  }
  return Promise.all(running);
}

async function applyEdit(edit: Edit, editing: Editing, waiting: Map<string, () => void>): Promise<Applied> {
  const { namespace, name } = edit.group.metadata;
  const key = keyOf(edit.group.metadata);
  const began = performance.now();
  const { metadata } = await applyGroup<SeenGroup>(editing.client, edit.group);
  const isInForce = () => {
    const { status } = editing.groups.get(namespace, name) ?? {};
    const autoscaler = editing.autoscalers.get(namespace, `${name}-detector`);
    const obeys = edit.maxReplicas === undefined || autoscaler?.spec.maxReplicas === edit.maxReplicas;
    return obeys && (status?.observedGeneration ?? 0) >= (metadata.generation ?? Infinity);
  };
  const inForce = new Promise<void>((resolve) => {
    const check = () => void (isInForce() && resolve());
    waiting.set(key, check);
    check();
  });
  const late = sleep(WITHIN_MS, undefined, { ref: false }).then(() => {
    throw new Error(`an edit of ${key} is not in force after ${WITHIN_MS / 1000} s`);
  });
  late.catch(() => undefined);
  await Promise.race([inForce, late]);
  waiting.delete(key);
  return { kind: edit.maxReplicas === undefined ? 'Shared' : 'Dedicated', ms: performance.now() - began };
}
