import type { Subscription } from '@chatwarden/bus';
import { untilAborted } from '@chatwarden/daemon';

/** Joining waits for a Kafka that is away, and who stops must not. What opens after all, too late, is closed again. */
export async function unlessAborted(
  joining: Promise<Subscription>,
  signal: AbortSignal,
): Promise<Subscription | undefined> {
  const first = await Promise.race([joining, untilAborted(signal).then(() => undefined)]);
  if (!first) joining.then((late) => late.close()).catch(() => {});
  return first;
}
