/** rsyslog with omelasticsearch: takes the lines over TCP, reads the id out of each, writes bulk requests. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createReadStream, existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { createConnection } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { freePort } from '@chatwarden/postgres-server';
import { untilCount } from './counting.ts';
import { measureCpu } from './engine-use.ts';
import { peakMbOf } from './peak-memory.ts';
import type { Job, Measured, Shipper } from './shipper.ts';

const PROGRAM = '/usr/sbin/rsyslogd';
const INSTALL = 'sudo apt-get install --no-install-recommends rsyslog rsyslog-elasticsearch';

export const rsyslog: Shipper = { name: 'rsyslog', missing, run };

function missing(): string | undefined {
  const folders = existsSync('/usr/lib')
    ? readdirSync('/usr/lib').map((name) => join('/usr/lib', name, 'rsyslog'))
    : [];
  const hasModule = folders.some((folder) => existsSync(join(folder, 'omelasticsearch.so')));
  return existsSync(PROGRAM) && hasModule ? undefined : `rsyslog with omelasticsearch is missing: ${INSTALL}`;
}

async function run(job: Job): Promise<Measured> {
  const folder = mkdtempSync(join(tmpdir(), 'chatwarden-rsyslog-'));
  const port = await freePort();
  const settings = join(folder, 'rsyslog.conf');
  writeFileSync(settings, settingsOf(job, port, folder));
  const args = ['-n', '-f', settings, '-i', join(folder, 'pid')];
  const child = spawn(PROGRAM, args, { stdio: ['ignore', 'ignore', 'inherit'] });
  try {
    await untilListening(port);
    const pid = child.pid ?? 0;
    const { warmUp, events } = job;
    const send = (file: string) => pipeline(createReadStream(file), createConnection(port, '127.0.0.1'));
    await send(warmUp.file);
    await untilCount({ ...job, ...warmUp });
    const cpu = measureCpu(pid, ['openSearch']);
    const begun = performance.now();
    await send(job.file);
    await untilCount({ ...job, events: warmUp.events + events });
    return { indexedSeconds: (performance.now() - begun) / 1000, cpu: cpu(), peakMb: peakMbOf(pid) };
  } finally {
    child.kill('SIGTERM');
    if (child.exitCode === null) await once(child, 'exit');
    rmSync(folder, { recursive: true });
  }
}

/** Source: https://www.rsyslog.com/doc/configuration/modules/omelasticsearch.html. Its queue is in memory, as by default. */
function settingsOf({ openSearchUrl, index, batch, events, warmUp }: Job, port: number, folder: string): string {
  return `
global(workDirectory="${folder}" maxMessageSize="64k")
module(load="imptcp")
module(load="mmjsonparse")
module(load="omelasticsearch")
template(name="line" type="string" string="%rawmsg%")
template(name="id" type="string" string="%$!event!id%")
template(name="index" type="string" string="${index}")
input(type="imptcp" port="${port}" address="127.0.0.1" ruleset="ship")
ruleset(name="ship") {
  action(type="mmjsonparse" cookie="" useRawMsg="on")
  action(type="omelasticsearch" server="${openSearchUrl}" usehttps="off" template="line"
    searchIndex="index" dynSearchIndex="on" searchType="" bulkid="id" dynbulkid="on" writeoperation="create" bulkmode="on"
    maxbytes="5m" action.resumeretrycount="-1"
    queue.type="LinkedList" queue.size="${events + warmUp.events + 1000}" queue.dequeuebatchsize="${batch}" queue.workerthreads="8")
}
`;
}

async function untilListening(port: number): Promise<void> {
  for (let tries = 0; tries < 100; tries += 1) {
    const socket = createConnection(port, '127.0.0.1');
    const opened = await Promise.race([
      once(socket, 'connect').then(() => true),
      once(socket, 'error').then(() => false),
    ]).catch(() => false);
    socket.destroy();
    if (opened) return;
    await sleep(50);
  }
  throw new Error('rsyslog does not listen');
}
