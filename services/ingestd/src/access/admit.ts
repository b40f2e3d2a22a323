/**
 * Who may send, before a body is read. Without a file of keys the door is open to programs on this machine, and to
 * nobody else: it listens on loopback then, and a web page that somebody here has open is told by what browsers add.
 */
import type { FastifyRequest } from 'fastify';
import { refuseUnderPressure, type Pressure, type PressureLimits } from '../accept/pressure.ts';
import type { Rate } from '../accept/rate.ts';
import type { Sender } from '../accept/sender.ts';
import type { KeyRing } from '../keys/key-ring.ts';
import { ProblemError } from '../problems/problem.ts';

export interface AdmitDeps {
  pressure: Pressure;
  limits: PressureLimits;
  /** Absent: no keys are asked for. */
  keys?: KeyRing | undefined;
  rate: Rate;
  /** What senders without a key may, where none is asked for. */
  withoutKey: Pick<Sender, 'mayModerate' | 'eventsPerSecond'>;
}

export interface Admission {
  /** Throws a ProblemError 401, 403, 429 or 503. */
  admit(request: FastifyRequest): void;
  /** Of a request that was admitted. */
  senderOf(request: FastifyRequest): Sender;
}

const BEARER = /^Bearer +(\S+) *$/i;

export function createAdmission({ pressure, limits, keys, rate, withoutKey }: AdmitDeps): Admission {
  const senders = new WeakMap<FastifyRequest, Sender>();
  const anybodyHere: Sender = { id: '', mayWrite: () => true, ...withoutKey };

  function admit(request: FastifyRequest): void {
    refuseUnderPressure(pressure, limits);
    const sender = keys ? authenticate(request, keys) : refuseOthers(request, anybodyHere);
    const waitS = rate.waitS(sender);
    if (waitS > 0) {
      const title = `More than ${sender.eventsPerSecond} events a second`;
      throw new ProblemError({ code: 'rate-limit', title, status: 429, retryAfterS: waitS });
    }
    senders.set(request, sender);
  }

  function senderOf(request: FastifyRequest): Sender {
    const sender = senders.get(request);
    if (!sender) throw new Error('a request that was not admitted');
    return sender;
  }

  return { admit, senderOf };
}

function authenticate({ headers }: FastifyRequest, keys: KeyRing): Sender {
  const key = BEARER.exec(headers.authorization ?? '')?.[1];
  const sender = key === undefined ? undefined : keys.senderOf(key);
  if (sender) return sender;
  const title = key === undefined ? 'An API key is needed: Authorization: Bearer cwi_...' : 'The API key is not known';
  throw new ProblemError({ code: 'unauthorized', title, status: 401 });
}

const LOOPBACK = /^(localhost|[\w-]+\.localhost|127(\.\d{1,3}){3}|\[::1\])(:\d+)?$/i;

function refuseOthers({ headers }: FastifyRequest, sender: Sender): Sender {
  const isBrowser = headers.origin !== undefined || headers['sec-fetch-site'] !== undefined;
  if (!isBrowser && LOOPBACK.test(headers.host ?? '')) return sender;
  const title = 'Without API keys only programs on this machine may send';
  throw new ProblemError({ code: 'forbidden', title, status: 403 });
}
