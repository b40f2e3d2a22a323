/** `bin/replay-dead.mjs`: the records of dead letters are published again by hand, once what stopped them is repaired. */
import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { messageOf, type Clock } from '@chatwarden/contracts';
import type { KafkaSasl } from './connect/connection.ts';
import { createKafkaAdmin } from './kafka-admin.ts';

const USAGE = `replay-dead --brokers host:port[,host:port] --topic <topic> [options]

Publishes the records of <topic>.dead again that were not replayed before.

  --group <group>          only what this consumer group could not handle
  --again                  also what was replayed before
  --prefix <prefix>        what the names of topics and groups begin with
  --tls                    encrypted, with the certificates that Node trusts
  --ca-file <file>         encrypted, with the certificates of this PEM file
  --username <name>        with --password-file; --mechanism is plain, scram-sha-256 or scram-sha-512 (default)
  --password-file <file>`;

const OPTIONS = {
  brokers: { type: 'string' },
  topic: { type: 'string' },
  group: { type: 'string' },
  again: { type: 'boolean', default: false },
  prefix: { type: 'string', default: '' },
  tls: { type: 'boolean', default: false },
  'ca-file': { type: 'string' },
  username: { type: 'string' },
  'password-file': { type: 'string' },
  mechanism: { type: 'string', default: 'scram-sha-512' },
  help: { type: 'boolean', default: false },
} as const;

const realClock: Clock = {
  now: Date.now,
  sleep: (ms, signal) =>
    new Promise((resolve) => {
      const timer = setTimeout(resolve, ms);
      signal?.addEventListener('abort', () => (clearTimeout(timer), resolve()), { once: true });
    }),
};

/** The exit code: 0 when all was replayed, 1 when records are gone or it failed, 2 for wrong arguments. */
export async function replayCommand(args: string[], print: (line: string) => void): Promise<number> {
  const options = readArgs(args);
  if (!options) {
    print(USAGE);
    return args.includes('--help') ? 0 : 2;
  }
  const admin = createKafkaAdmin({ ...options.connection, clientId: 'replay-dead', clock: realClock });
  try {
    const { replayed, gone, skipped } = await admin.replayDead(options.what);
    for (const { recordId, group, reason } of gone) print(`gone: ${recordId} (${group}: ${reason})`);
    print(`${replayed} records published again, ${gone.length} gone, ${skipped} letters passed over`);
    return gone.length > 0 ? 1 : 0;
  } catch (error) {
    print(`nothing more was replayed: ${messageOf(error)}`);
    return 1;
  } finally {
    await admin.close();
  }
}

/** Undefined for what it does not understand. */
function readArgs(args: string[]) {
  try {
    const { values } = parseArgs({ args, options: OPTIONS });
    const { brokers, topic, group, again, prefix, help } = values;
    if (help || !brokers || !topic) return undefined;
    const ca = values['ca-file'] === undefined ? undefined : { ca: readFileSync(values['ca-file'], 'utf8') };
    const tls = ca ?? (values.tls ? (true as const) : undefined);
    const connection = { brokers: brokers.split(','), prefix, tls, sasl: toSasl(values) };
    return { connection, what: { topic, group, again } };
  } catch {
    return undefined;
  }
}

interface SaslArgs {
  username?: string | undefined;
  'password-file'?: string | undefined;
  mechanism: string;
}

function toSasl({ username, mechanism, 'password-file': file }: SaslArgs): KafkaSasl | undefined {
  if (username === undefined || file === undefined) return undefined;
  return { mechanism: mechanism as KafkaSasl['mechanism'], username, password: readFileSync(file, 'utf8').trim() };
}
