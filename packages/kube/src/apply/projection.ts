import { isRecord } from '../canonical.ts';

/** What `live` has where `desired` has something: the fields that others added, or the server by default, left out. */
export function project(live: unknown, desired: unknown): unknown {
  if (Array.isArray(desired) && Array.isArray(live)) return desired.map((item, at) => project(live[at], item));
  if (!isRecord(desired) || !isRecord(live)) return live;
  return Object.fromEntries(Object.entries(desired).map(([name, inner]) => [name, project(live[name], inner)]));
}
