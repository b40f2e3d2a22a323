/** https://kubernetes.io/docs/reference/kubernetes-api/cluster-resources/event-v1/ */
import type { Millis } from '@chatwarden/contracts';
import { toMicroTime } from '../micro-time.ts';
import type { KubeObject } from '../objects.ts';
import { RESOURCES } from '../resources.ts';

/** What a person should know about an object, once per change: never the text of a state that merely lasts. */
export interface EventFacts {
  type: 'Normal' | 'Warning';
  /** Why, CamelCase, at most 128 characters: `TopicCreated`. */
  reason: string;
  /** What was done or failed, CamelCase: `CreateTopic`. */
  action: string;
  message: string;
}

export interface EventObject extends KubeObject {
  eventTime: string;
  reportingController: string;
  reportingInstance: string;
  type: string;
  reason: string;
  action: string;
  note: string;
  regarding: object;
  series?: { count: number; lastObservedTime: string };
}

export interface Reporter {
  /** Such as `chatwarden.io/operator`. */
  controller: string;
  /** The pod. */
  instance: string;
}

/** Limits of the API server. */
const NOTE_BYTES_MAX = 1024;
const NAME_CHARACTERS_MAX = 200;
const SHORTENED = '…';

export interface EventDraft {
  regarding: KubeObject;
  facts: EventFacts;
  reporter: Reporter;
  now: Millis;
  /** Makes the name unlike any other's. */
  suffix: string;
}

export function toEventObject({ regarding, facts, reporter, now, suffix }: EventDraft): EventObject {
  const { name, namespace, uid, resourceVersion } = regarding.metadata;
  const { apiVersion, kind } = RESOURCES.events;
  return {
    apiVersion,
    kind,
    // What has no namespace has its events in this one.
    metadata: { name: `${name.slice(0, NAME_CHARACTERS_MAX)}.${suffix}`, namespace: namespace ?? 'default' },
    eventTime: toMicroTime(now),
    reportingController: reporter.controller,
    reportingInstance: reporter.instance,
    type: facts.type,
    reason: facts.reason,
    action: facts.action,
    note: shortened(facts.message),
    regarding: { apiVersion: regarding.apiVersion, kind: regarding.kind, name, namespace, uid, resourceVersion },
  };
}

function shortened(text: string): string {
  if (Buffer.byteLength(text) <= NOTE_BYTES_MAX) return text;
  const room = NOTE_BYTES_MAX - Buffer.byteLength(SHORTENED);
  // A character that was cut in two becomes a replacement character, and goes.
  const head = Buffer.from(text)
    .subarray(0, room)
    .toString('utf8')
    .replace(/\uFFFD$/, '');
  return `${head}${SHORTENED}`;
}
