import { randomBytes } from 'node:crypto';

/** Fit for the names of topics, consumer groups and indices: small letters and digits, with a dash at the end. */
export function makePrefix(): string {
  return `t${randomBytes(6).toString('hex')}-`;
}
