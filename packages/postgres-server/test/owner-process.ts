// A process that owns a server, to be killed by tests: `node owner-process.ts <data folder>`. Prints one JSON object a
// line: {log}, then {url, pid} of the server. Exits without stopping it on the line "exit" from stdin. On SIGINT it still
// uses the server, as a draining owner does, then stops it and prints {drained}.
import { createInterface } from 'node:readline';
import { startPostgres } from '../src/index.ts';
import { query } from './query.ts';

const print = (value: object) => process.stdout.write(`${JSON.stringify(value)}\n`);
const server = await startPostgres({ dataDir: process.argv[2] ?? '', log: (line) => print({ log: line }) });

process.once('SIGINT', () => void drain());
createInterface({ input: process.stdin }).on('line', (line) => line === 'exit' && process.exit(0));
print({ url: server.url, pid: server.pid });

async function drain() {
  const [row] = await query(server.url, 'select 1 as one');
  await server.stop();
  print({ drained: row });
  process.exit(0);
}
