/**
 * Stands in front of an OpenSearch and makes its bulk answers worse than they are: some documents are refused for now
 * (429) or fail (500) and are not passed on. On demand it swallows a document that it says was created, or writes one
 * once more under another id, so that whoever counts can be seen to find it.
 */
import { once } from 'node:events';
import { createServer, request, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gunzipSync } from 'node:zlib';

export interface FlakyOpenSearch {
  url: string;
  /** Share of documents, 0 to 1, that each of these is answered to from now on. */
  worsen(shares: { busy?: number; failing?: number }): void;
  /** The next document that comes. */
  spoilNext(how: 'drop' | 'double', onSpoilt: (document: string) => void): void;
  /** Documents that were answered with 429 and 500. */
  spoiled(): number;
  close(): Promise<void>;
}

interface Item {
  action: string;
  source: string;
}
type Answer = Record<string, { status: number; error?: { type: string; reason: string } }>;

const BUSY = { status: 429, error: { type: 'opensearch_rejected_execution_exception', reason: 'made up: too busy' } };
const FAILING = { status: 500, error: { type: 'exception', reason: 'made up: failed' } };

/** `random`: from 0 to 1. */
export async function startFlakyOpenSearch(upstream: string, random: () => number): Promise<FlakyOpenSearch> {
  let shares = { busy: 0, failing: 0 };
  let next: 'drop' | 'double' | undefined;
  let tell: (document: string) => void = () => {};
  let spoiled = 0;

  function fateOf(): Answer[string] | undefined {
    const drawn = random();
    if (drawn < shares.busy) return BUSY;
    if (drawn < shares.busy + shares.failing) return FAILING;
    return undefined;
  }

  async function bulk(incoming: IncomingMessage, outgoing: ServerResponse, body: Buffer): Promise<void> {
    const items = itemsOf(incoming.headers['content-encoding'] === 'gzip' ? gunzipSync(body) : body);
    const answers: (Answer | undefined)[] = [];
    const passed: Item[] = [];
    for (const item of items) {
      const fate = fateOf();
      if (fate) spoiled += 1;
      const dropped = !fate && next === 'drop' ? { status: 201 } : undefined;
      if (dropped) {
        next = undefined;
        tell(item.source);
      }
      answers.push(fate || dropped ? { create: (fate ?? dropped) as Answer[string] } : undefined);
      if (!fate && !dropped) passed.push(item);
    }
    const extra = next === 'double' ? passed.slice(0, 1).map(renamed) : [];
    if (extra.length > 0) {
      next = undefined;
      tell(extra[0]?.source ?? '');
    }
    const real = passed.length === 0 ? [] : await forwardBulk([...passed, ...extra], incoming);
    if (real === 'cut') return void outgoing.destroy();
    if (!Array.isArray(real)) return void outgoing.writeHead(real.status).end(real.text);
    const merged = answers.map((answer) => answer ?? (real.shift() as Answer));
    const errors = merged.some((answer) => Object.values(answer).some(({ status }) => status >= 300));
    outgoing.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify({ errors, items: merged }));
  }

  async function forwardBulk(items: readonly Item[], { url, headers }: IncomingMessage) {
    const text = items.map(({ action, source }) => `${action}\n${source}\n`).join('');
    const { host: _, 'content-length': __, 'content-encoding': ___, 'transfer-encoding': ____, ...rest } = headers;
    try {
      const response = await fetch(new URL(url ?? '/', upstream), {
        method: 'POST',
        headers: {
          ...(rest as Record<string, string>),
          'content-type': 'application/x-ndjson',
          connection: 'keep-alive',
        },
        body: text,
      });
      const answer = await response.text();
      if (!response.ok) return { status: response.status, text: answer };
      return (JSON.parse(answer) as { items?: Answer[] }).items ?? [];
    } catch {
      return 'cut';
    }
  }

  const server = createServer((incoming, outgoing) => {
    if (!/\/_bulk(\?|$)/.test(incoming.url ?? '')) return pass(incoming, outgoing, upstream);
    const parts: Buffer[] = [];
    incoming.on('data', (part: Buffer) => parts.push(part));
    incoming.on('end', () => void bulk(incoming, outgoing, Buffer.concat(parts)).catch(() => outgoing.destroy()));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    worsen: (to) => void (shares = { busy: 0, failing: 0, ...to }),
    spoilNext: (how, onSpoilt) => void ([next, tell] = [how, onSpoilt]),
    spoiled: () => spoiled,
    close: async () => {
      server.close();
      server.closeAllConnections();
    },
  };
}

function itemsOf(body: Buffer): Item[] {
  const lines = body.toString('utf8').split('\n');
  const items: Item[] = [];
  for (let at = 0; at + 1 < lines.length; at += 2) items.push({ action: lines[at] ?? '', source: lines[at + 1] ?? '' });
  return items;
}

/** The same document under an id that nobody issued. */
function renamed({ action, source }: Item): Item {
  const { create } = JSON.parse(action) as { create: { _id: string; _index: string } };
  return {
    action: JSON.stringify({ create: { ...create, _id: `${create._id.slice(0, 16)}${'0'.repeat(16)}` } }),
    source,
  };
}

function pass(incoming: IncomingMessage, outgoing: ServerResponse, upstream: string): void {
  const { method, headers, url } = incoming;
  const onward = request(new URL(url ?? '/', upstream), { method, headers }, (response) => {
    outgoing.writeHead(response.statusCode ?? 502, response.headers);
    response.pipe(outgoing);
  });
  onward.on('error', () => outgoing.destroy());
  incoming.pipe(onward);
}
