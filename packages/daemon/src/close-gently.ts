/**
 * Ends an HTTP server: requests under way may finish, but no longer than `graceMs`. Without an end a client that keeps a
 * connection open, or opened one and never asked, would hold up the whole stop.
 */
import type { Server } from 'node:http';
import type { Clock } from '@chatwarden/contracts';

export interface Closable {
  server: Pick<Server, 'closeAllConnections'>;
  close(): Promise<unknown>;
}

const GRACE_MS = 2000;

export async function closeGently(app: Closable, clock: Pick<Clock, 'sleep'>, graceMs = GRACE_MS): Promise<void> {
  const closed = new AbortController();
  const cut = clock.sleep(graceMs, closed.signal).then(() => {
    if (!closed.signal.aborted) app.server.closeAllConnections();
  });
  try {
    await app.close();
  } finally {
    closed.abort();
    await cut;
  }
}
