/**
 * The OpenSearch client's own bulk helper, as an application uses it: reads NDJSON from a file, parses each line and hands
 * it to the helper. A process of its own, so that its cost can be told; prints one line of JSON.
 * Run: npm exec -- node packages/logstore/bench/bulk-helper.ts <url> <index> <file> <documents a request> [file to warm up with]
 */
import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import { Client } from '@opensearch-project/opensearch';

const [node = '', index = '', file = '', batch = '100', warmUp] = process.argv.slice(2);
const US_PER_S = 1e6;
const BYTES_PER_MB = 1024 * 1024;

interface Document {
  event: { id: string };
}

const client = new Client({ node });
let bytes = 0;
let lines = 0;

async function* documentsOf(path: string): AsyncGenerator<Document> {
  for await (const line of createInterface({ input: createReadStream(path) })) {
    bytes += line.length;
    lines += 1;
    yield JSON.parse(line) as Document;
  }
}

/** The helper counts bytes, not documents: so many as this many documents have. */
const flushBytes = Number(batch) * 650;
const ship = (path: string) =>
  client.helpers.bulk<Document>({
    datasource: documentsOf(path),
    flushBytes,
    concurrency: 8,
    onDocument: ({ event }) => ({ create: { _index: index, _id: event.id } }),
  });

if (warmUp !== undefined) await ship(warmUp);
[bytes, lines] = [0, 0];
const before = process.cpuUsage();
const begun = performance.now();
const stats = await ship(file);
const seconds = (performance.now() - begun) / 1000;
const { user, system } = process.cpuUsage(before);
const { maxRSS } = process.resourceUsage();
console.log(
  JSON.stringify({
    indexed: stats.successful,
    failed: stats.failed,
    meanBytes: Math.round(bytes / lines),
    seconds,
    cpuSeconds: (user + system) / US_PER_S,
    peakMb: (maxRSS * 1024) / BYTES_PER_MB,
  }),
);
await client.close();
