/** How many documents there are, as OpenSearch sees it. */
import { setTimeout as sleep } from 'node:timers/promises';

const LOOK_MS = 100;

export async function countOf(openSearchUrl: string, index: string): Promise<number> {
  await fetch(`${openSearchUrl}/${index}/_refresh`, { method: 'POST' });
  const answer = await fetch(`${openSearchUrl}/${index}/_count?ignore_unavailable=true`);
  return ((await answer.json()) as { count?: number }).count ?? 0;
}

/** Rejects when they are not there in time. */
export async function untilCount({ openSearchUrl, index, events }: Wanted, withinMs = 120_000): Promise<void> {
  const deadline = performance.now() + withinMs;
  for (let found = 0; found < events; found = await countOf(openSearchUrl, index)) {
    if (performance.now() > deadline) throw new Error(`${found} of ${events} documents after ${withinMs} ms`);
    await sleep(LOOK_MS);
  }
}

interface Wanted {
  openSearchUrl: string;
  index: string;
  events: number;
}
