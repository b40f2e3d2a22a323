import { Failure } from '@chatwarden/contracts';
import { describe, expect, it } from 'vitest';
import { explained, explanationOf } from './explain.ts';

const anError = (fields: object, message = 'it says') => Object.assign(new Error(message), fields);
const wrapped = (error: Error) => new Error('gave up', { cause: error });

/** What brokers 4.4 made kafkajs 2.2.4 say, and the setting that cures it. */
const REFUSALS: readonly [string, Error, RegExp][] = [
  ['a wrong password', anError({ name: 'KafkaJSSASLAuthenticationError' }), /KAFKA_SASL_PASSWORD/],
  ['an unknown way to log in', anError({ type: 'UNSUPPORTED_SASL_MECHANISM' }), /KAFKA_SASL_MECHANISM/],
  ['a login that nobody wants', anError({ type: 'ILLEGAL_SASL_STATE' }), /no login.*KAFKA_SASL_MECHANISM/],
  ['an authority that is not trusted', anError({ code: 'UNABLE_TO_VERIFY_LEAF_SIGNATURE' }), /KAFKA_CA/],
  ['a certificate for another name', anError({ code: 'ERR_TLS_CERT_ALTNAME_INVALID' }), /advertised\.listeners/],
  ['a certificate that is over', anError({ code: 'CERT_HAS_EXPIRED' }), /out of date/],
  ['no client certificate', anError({ code: 'ERR_SSL_SSL/TLS_ALERT_BAD_CERTIFICATE' }), /KAFKA_CERT and KAFKA_KEY/],
  ['a foreign client', anError({ code: 'ERR_SSL_SSL/TLS_ALERT_CERTIFICATE_UNKNOWN' }), /KAFKA_CERT and KAFKA_KEY/],
  ['a key of another certificate', anError({}, 'x509::key values mismatch'), /KAFKA_KEY is not the key/],
  ['a missing ACL', anError({ type: 'GROUP_AUTHORIZATION_FAILED' }), /lacks an ACL; docs\/kafka\.md/],
];

const GUESSES: readonly [string, Error, RegExp][] = [
  ['a port without TLS', anError({}, 'disconnected before secure TLS connection was established'), /KAFKA_TLS/],
  ['a port with TLS', anError({ name: 'KafkaJSConnectionClosedError' }), /KAFKA_TLS and KAFKA_SASL_MECHANISM/],
  ['a group that is not ours', anError({ name: 'KafkaJSGroupCoordinatorNotFound' }), /ACL Read or Describe/],
];

describe('what is told of an error of kafkajs', () => {
  it.each(REFUSALS)('names what to do about %s', (_, error, advice) => {
    for (const one of [error, wrapped(wrapped(error)), anError({ errors: [new Error('another'), error] })]) {
      const told = explained(one, 'publishing to events');
      expect(told).toMatchObject({ code: 'kafkaRefuses', retry: 'later', cause: one });
      expect(explanationOf(one, 'publishing to events')).toMatch(advice);
      expect(explanationOf(one, 'publishing to events')).toContain(`(publishing to events): ${error.message}`);
    }
  });

  it.each(GUESSES)('asks about %s, which a restart of a broker looks like', (_, error, advice) => {
    expect(explained(error)).toMatchObject({ code: 'kafkaAway', retry: 'later' });
    expect(explanationOf(error)).toMatch(advice);
    expect(explanationOf(error)).toContain('if it stays so');
  });

  it('names the topics that are refused', () => {
    const refused = (topic: string) => anError({ type: 'TOPIC_AUTHORIZATION_FAILED', topic });
    const error = anError({ errors: [refused('verdicts'), refused('events'), anError({ topic: 'other' })] });
    expect(explanationOf(error)).toContain('(topic events, verdicts)');
  });

  it('is the error itself where nothing is known about it', () => {
    for (const error of [
      new Error('of another kind'),
      new Failure('mine', 'never', { message: 'm' }),
      undefined,
      'x',
    ]) {
      expect(explained(error)).toBe(error);
    }
    const circular = anError({});
    circular.cause = circular;
    expect(explained(circular)).toBe(circular);
  });
});
