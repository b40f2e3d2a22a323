import { Failure, type Millis } from '@chatwarden/contracts';
import { BUCKETS_MAX } from './log-store.ts';

/** Before a store is asked for more than anybody can look at. */
export function checkBuckets({ from, to }: { from: Millis; to: Millis }, bucketMs: number): void {
  const isWidth = Number.isInteger(bucketMs) && bucketMs > 0;
  if (isWidth && (to - from) / bucketMs <= BUCKETS_MAX) return;
  throw new Failure('tooManyBuckets', 'never', { message: `a histogram has at most ${BUCKETS_MAX} buckets` });
}
