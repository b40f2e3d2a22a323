import type { Millis } from '@chatwarden/contracts';

/**
 * MicroTime: a Lease or an Event with fewer than six digits after the second is refused (400), although RFC 3339 allows
 * it. See kubernetes-client/javascript#828.
 */
export function toMicroTime(ms: Millis): string {
  return new Date(ms).toISOString().replace('Z', '000Z');
}

/** metav1.Time: whole seconds. */
export function toTime(ms: Millis): string {
  return new Date(ms).toISOString().replace(/\.\d+Z$/, 'Z');
}
