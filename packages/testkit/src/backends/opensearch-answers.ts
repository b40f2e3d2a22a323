import { readFileSync } from 'node:fs';
import { get as getPlain } from 'node:http';
import { get as getSecure } from 'node:https';
import type { OpenSearchServer } from './server.ts';

/** Whether its cluster is up, for a user when there are users. */
export function openSearchAnswers(url: string, security: OpenSearchServer['security']): Promise<boolean> {
  const { promise, resolve } = Promise.withResolvers<boolean>();
  const options = security && {
    auth: `${security.username}:${security.password}`,
    ca: readFileSync(security.caFile),
  };
  const get = security ? getSecure : getPlain;
  const request = get(`${url}/_cluster/health`, { ...options, timeout: 3000, agent: false }, (response) => {
    response.resume();
    resolve(response.statusCode === 200);
  });
  request.once('timeout', () => request.destroy());
  request.once('error', () => resolve(false));
  return promise;
}
