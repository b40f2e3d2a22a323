import { request } from 'node:https';
import type { Certified } from './certificates.ts';

export interface Asked {
  url: string;
  /** PEM: whom to trust. */
  ca: string;
  /** Who asks; nobody in particular unless told. */
  as?: Certified;
}

const TIMEOUT_MS = 5000;

/** The status of the answer; 0 when nobody answers. */
export function ask({ url, ca, as }: Asked): Promise<number> {
  const { promise, resolve } = Promise.withResolvers<number>();
  const proof = as === undefined ? {} : { cert: as.certificate, key: as.key };
  const asking = request(url, { ca, ...proof, agent: false, timeout: TIMEOUT_MS }, (answer) => {
    answer.resume();
    resolve(answer.statusCode ?? 0);
  });
  asking.on('timeout', () => asking.destroy(new Error('no answer in time')));
  asking.on('error', () => resolve(0));
  asking.end();
  return promise;
}
