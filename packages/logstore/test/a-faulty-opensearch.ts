/** An HTTP server that keeps documents as `_bulk` does, and does wrong what a test tells it to, one request after another. */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Arrived {
  index: string;
  id: string;
  line: string;
}

export interface ItemError {
  status: number;
  type: string;
  reason?: string;
  /** Why, in more words: `caused_by.reason`. */
  cause?: string;
}

/** What is wrong with one request; nothing: it is served. */
export type Fault =
  | { kind: 'none' }
  /** Some documents of the request fail, the others are kept. */
  | { kind: 'items'; error(document: Arrived): ItemError | undefined }
  | { kind: 'status'; status: number; body?: string }
  /** Kept, but the answer ends in its middle; or is no JSON. */
  | { kind: 'cut' }
  | { kind: 'garbage' }
  /** The socket is closed before anything is kept. */
  | { kind: 'reset' }
  /** No answer until the client goes. */
  | { kind: 'silence' }
  /** Served when the promise resolves. */
  | { kind: 'hold'; until: Promise<void> };

export interface FaultyOpenSearch {
  url: string;
  /** What befalls the next requests, in order; afterwards `always`. */
  next: Fault[];
  always: Fault;
  /** Documents of each request, whatever became of it. */
  requests: Arrived[][];
  kept: Map<string, string>;
  headers: IncomingMessage['headers'][];
  /** Resolves when so many requests have come. */
  arrived(count: number): Promise<void>;
  close(): Promise<void>;
}

export async function startFaultyOpenSearch(): Promise<FaultyOpenSearch> {
  const waiters: { count: number; resolve: () => void }[] = [];
  const server = createServer((request, response) => {
    void read(request).then((body) => {
      const documents = parseBulk(body);
      self.requests.push(documents);
      self.headers.push(request.headers);
      for (const waiter of waiters) if (self.requests.length >= waiter.count) waiter.resolve();
      return serve(self.next.shift() ?? self.always, { documents, kept: self.kept, response });
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const self: FaultyOpenSearch = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    next: [],
    always: { kind: 'none' },
    requests: [],
    kept: new Map(),
    headers: [],
    arrived: (count) =>
      new Promise((resolve) => {
        if (self.requests.length >= count) resolve();
        else waiters.push({ count, resolve });
      }),
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
  return self;
}

interface Served {
  documents: Arrived[];
  kept: Map<string, string>;
  response: ServerResponse;
}

async function serve(fault: Fault, served: Served): Promise<void> {
  const { response } = served;
  if (fault.kind === 'silence') return;
  if (fault.kind === 'reset') return void response.destroy();
  if (fault.kind === 'status') return void response.writeHead(fault.status).end(fault.body ?? '');
  if (fault.kind === 'hold') await fault.until;
  const text = JSON.stringify(keep(served, fault.kind === 'items' ? fault.error : () => undefined));
  response.setHeader('content-type', 'application/json');
  if (fault.kind === 'garbage') return void response.end('<html>proxy</html>');
  if (fault.kind !== 'cut') return void response.end(text);
  response.setHeader('content-length', text.length);
  response.write(text.slice(0, text.length / 2), () => response.destroy());
}

function keep({ documents, kept }: Served, errorOf: (document: Arrived) => ItemError | undefined): object {
  const items = documents.map((document) => {
    const error = errorOf(document);
    if (error) return { create: { status: error.status, error: toError(error) } };
    const key = `${document.index}/${document.id}`;
    if (kept.has(key)) return { create: { status: 409, error: { type: 'version_conflict_engine_exception' } } };
    kept.set(key, document.line);
    return { create: { status: 201 } };
  });
  return { errors: items.some((item) => item.create.status !== 201), items };
}

function toError({ type, reason, cause }: ItemError): object {
  return { type, reason, ...(cause === undefined ? {} : { caused_by: { type: 'cause', reason: cause } }) };
}

function parseBulk(body: string): Arrived[] {
  const lines = body.split('\n');
  const documents: Arrived[] = [];
  for (let i = 0; i + 1 < lines.length; i += 2) {
    const { create } = JSON.parse(lines[i] ?? '') as { create: { _index: string; _id: string } };
    documents.push({ index: create._index, id: create._id, line: lines[i + 1] ?? '' });
  }
  return documents;
}

async function read(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString('utf8');
}
