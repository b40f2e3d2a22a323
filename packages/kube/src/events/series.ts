/** One thing that happened to one object, once or again and again. */
import { canonical } from '../canonical.ts';
import type { Clock, Millis } from '@chatwarden/contracts';
import type { KubeObject } from '../objects.ts';
import type { EventFacts, EventObject } from './event-object.ts';

export interface Series {
  regarding: KubeObject;
  facts: EventFacts;
  /** Absent until the first is sent. */
  sent: EventObject | undefined;
  count: number;
  /** Of these, how many the server knows. */
  told: number;
  lastAt: Millis;
  /** When to look at it again: to tell the server, or to forget it. */
  dueAt: Millis;
  failures: number;
}

/** client-go's: a series is told of so often, and is over when nothing was added for so long. */
export const SERIES_MS = 360_000;

export function beginSeries(regarding: KubeObject, facts: EventFacts, now: Millis): Series {
  const { apiVersion, kind, metadata } = regarding;
  const { name, namespace, uid, resourceVersion } = metadata;
  // Only its names are kept: a series may outlive the cached object.
  const named = { apiVersion, kind, metadata: { name, namespace, uid, resourceVersion } } as KubeObject;
  return { regarding: named, facts, sent: undefined, count: 1, told: 0, lastAt: now, dueAt: now, failures: 0 };
}

export function seriesKey({ kind, metadata }: KubeObject, facts: EventFacts): string {
  return canonical([kind, metadata.namespace, metadata.name, metadata.uid, facts]);
}

/** The first repetition is told at once, so that everybody sees that it is a series; later ones are told together. */
export function repeat(series: Series, now: Millis): void {
  series.count += 1;
  series.lastAt = now;
  if (series.told === 1) series.dueAt = now;
}

export function wasTold(series: Series, sent: EventObject, now: Millis): void {
  series.sent = sent;
  series.told = sent.series?.count ?? 1;
  series.failures = 0;
  series.dueAt = series.told === 1 && series.count > 1 ? now : now + SERIES_MS;
}

export const isOver = ({ lastAt }: Series, clock: Clock) => clock.now() - lastAt >= SERIES_MS;
export const hasNews = ({ count, told }: Series) => count > told;
