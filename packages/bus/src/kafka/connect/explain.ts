/**
 * What kafkajs says when a broker refuses us names no setting. Here it is told which one to look at, so that whoever reads
 * the log or a condition knows what to do. Observed with kafkajs 2.2.4, Node 24 and brokers 4.4.
 */
import { Failure, messageOf } from '@chatwarden/contracts';

/** Errors of kafkajs and of Node's TLS, as far as they tell what happened. */
interface Symptoms {
  name?: unknown;
  type?: unknown;
  code?: unknown;
  message?: unknown;
  topic?: unknown;
}

interface Explanation {
  fits(symptoms: Symptoms): boolean;
  advice: string;
  /** Restarts of brokers look the same: then it is a question to whoever sets a cluster up. */
  maybe?: true;
}

const UNTRUSTED = new Set([
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
  'UNABLE_TO_GET_ISSUER_CERT',
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'CERT_SIGNATURE_FAILURE',
]);
const OUT_OF_DATE = new Set(['CERT_HAS_EXPIRED', 'CERT_NOT_YET_VALID']);
const MISSING_ACL = 'this user lacks an ACL; docs/kafka.md lists those of each service';

const EXPLANATIONS: readonly Explanation[] = [
  {
    fits: ({ name }) => name === 'KafkaJSSASLAuthenticationError',
    advice: 'the login is refused; look at KAFKA_SASL_USERNAME, KAFKA_SASL_PASSWORD and KAFKA_SASL_MECHANISM',
  },
  {
    fits: ({ type }) => type === 'UNSUPPORTED_SASL_MECHANISM',
    advice: 'this way to log in is not offered; look at KAFKA_SASL_MECHANISM',
  },
  {
    fits: ({ type }) => type === 'ILLEGAL_SASL_STATE',
    advice: 'this port wants no login; look at KAFKA_SASL_MECHANISM, and at the port in KAFKA_BROKERS',
  },
  {
    fits: ({ code }) => UNTRUSTED.has(String(code)),
    advice: 'nobody who is trusted has signed its certificate; look at KAFKA_CA',
  },
  {
    fits: ({ code }) => code === 'ERR_TLS_CERT_ALTNAME_INVALID',
    advice:
      'its certificate is for another name than the one that was dialled; look at KAFKA_BROKERS and advertised.listeners',
  },
  { fits: ({ code }) => OUT_OF_DATE.has(String(code)), advice: 'its certificate is out of date' },
  {
    fits: ({ code }) => /^ERR_SSL_.*ALERT.*(CERT|UNKNOWN_CA)/.test(String(code)),
    advice: 'the certificate of this client is missing or not taken; look at KAFKA_CERT and KAFKA_KEY',
  },
  {
    fits: ({ message }) => String(message).includes('key values mismatch'),
    advice: 'KAFKA_KEY is not the key of KAFKA_CERT',
  },
  { fits: ({ type }) => /^(TOPIC|GROUP|CLUSTER)_AUTHORIZATION_FAILED$/.test(String(type)), advice: MISSING_ACL },
  {
    // kafkajs forgets why no broker told it: a group that is not ours to see is one reason.
    fits: ({ name }) => name === 'KafkaJSGroupCoordinatorNotFound',
    advice: 'if it stays so, this user lacks the ACL Read or Describe of the group; docs/kafka.md lists them',
    maybe: true,
  },
  {
    fits: ({ message }) => String(message).includes('before secure TLS connection'),
    advice: 'if it stays so, this port speaks no TLS; look at KAFKA_TLS, and at the port in KAFKA_BROKERS',
    maybe: true,
  },
  {
    fits: ({ name }) => name === 'KafkaJSConnectionClosedError',
    advice: 'if it stays so, this port wants TLS or a login; look at KAFKA_TLS and KAFKA_SASL_MECHANISM',
    maybe: true,
  },
];

/**
 * Failure `kafkaRefuses` (later, since what is wrong may be set right on either side), or `kafkaAway` (later) where that is
 * only a guess. An error of another kind is returned as it is. `doing` says what was asked, such as `publish to events`.
 */
export function explained(error: unknown, doing?: string): unknown {
  if (error instanceof Failure) return error;
  const causes = causesOf(error);
  for (const symptoms of causes) {
    const found = EXPLANATIONS.find(({ fits }) => fits(symptoms));
    if (!found) continue;
    const topics = causes.filter(found.fits).flatMap(({ topic }) => (typeof topic === 'string' ? [topic] : []));
    const what = topics.length > 0 ? `topic ${topics.toSorted().join(', ')}` : doing;
    const where = what === undefined ? '' : ` (${what})`;
    const said = String(symptoms.message).trim();
    const message = `Kafka${found.maybe ? '' : ' refuses'}: ${found.advice}${where}: ${said}`;
    return new Failure(found.maybe ? 'kafkaAway' : 'kafkaRefuses', 'later', { message, cause: error });
  }
  return error;
}

/** For people: with the advice, where there is one. */
export function explanationOf(error: unknown, doing?: string): string {
  return messageOf(explained(error, doing));
}

/** The error and what it hides: what caused it, and the parts of one that is many. */
function causesOf(error: unknown, depth = 0): Symptoms[] {
  const DEPTH_MAX = 8;
  if (typeof error !== 'object' || error === null || depth > DEPTH_MAX) return [];
  const { cause, errors } = error as { cause?: unknown; errors?: unknown };
  const parts = Array.isArray(errors) ? errors : [];
  return [error, ...[...parts, cause].flatMap((one) => causesOf(one, depth + 1))];
}
