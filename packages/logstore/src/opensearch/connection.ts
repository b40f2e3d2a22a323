/**
 * The one way to OpenSearch: undici's pool, keep-alive, one request at a time per socket, certificates always checked.
 * An answer is given back whatever its status; what is not an answer (refused, cut, too slow) is a Failure (later).
 */
import { readFileSync } from 'node:fs';
import { Failure, messageOf, type Clock } from '@chatwarden/contracts';
import { Pool } from 'undici';

export interface ConnectionOptions {
  /** `https://search.example:9200`; a path is kept as a prefix. */
  url: string;
  auth?: Credentials;
  tls?: TlsFiles;
  /** Sockets at most, and so requests at the same time. */
  connections?: number;
  clock: Pick<Clock, 'sleep'>;
}

export interface Credentials {
  username: string;
  password: string;
}

/** PEM files. Without `caFile` the certificates that Node ships are trusted. */
export interface TlsFiles {
  caFile?: string;
  certFile?: string;
  keyFile?: string;
  /** Name in the server's certificate, where it is not the host of the URL. */
  serverName?: string;
}

export interface Request {
  method: 'GET' | 'HEAD' | 'POST' | 'PUT' | 'DELETE';
  /** From the slash on, with its query. */
  path: string;
  body?: Uint8Array | string;
  contentType?: 'application/json' | 'application/x-ndjson';
  timeoutMs?: number;
  signal?: AbortSignal;
}

export interface Answer {
  status: number;
  text: string;
}

export interface Connection {
  /** Rejects with Failure `opensearchAway` (later). */
  request(request: Request): Promise<Answer>;
  close(): Promise<void>;
}

const CONNECTIONS = 16;
const TIMEOUT_MS = 30_000;
const CONNECT_TIMEOUT_MS = 10_000;

export function openConnection(options: ConnectionOptions): Connection {
  const { origin, pathname, protocol } = new URL(options.url);
  const prefix = pathname.replace(/\/$/, '');
  const pool = new Pool(origin, {
    connections: options.connections ?? CONNECTIONS,
    pipelining: 1,
    // Our own deadline spans connecting, headers and body.
    headersTimeout: 0,
    bodyTimeout: 0,
    connect: { timeout: CONNECT_TIMEOUT_MS, ...(protocol === 'https:' ? readTls(options.tls ?? {}) : {}) },
  });
  const authorization = options.auth ? { authorization: basic(options.auth) } : {};

  async function request(wanted: Request): Promise<Answer> {
    const { method, path, body, contentType = 'application/json', timeoutMs = TIMEOUT_MS, signal } = wanted;
    const answered = new AbortController();
    const late = new AbortController();
    void options.clock.sleep(timeoutMs, answered.signal).then(() => late.abort(new Error(`none in ${timeoutMs} ms`)));
    try {
      const response = await pool.request({
        method,
        path: prefix + path,
        headers: { ...authorization, ...(body === undefined ? {} : { 'content-type': contentType }) },
        body: body ?? null,
        signal: signal ? AbortSignal.any([signal, late.signal]) : late.signal,
      });
      return { status: response.statusCode, text: await response.body.text() };
    } catch (error) {
      throw new Failure('opensearchAway', 'later', {
        message: `no answer from OpenSearch: ${messageOf(error)}`,
        cause: error,
      });
    } finally {
      answered.abort();
    }
  }

  return { request, close: () => pool.destroy() };
}

function readTls({ caFile, certFile, keyFile, serverName }: TlsFiles): object {
  return {
    ...(caFile === undefined ? {} : { ca: readFileSync(caFile) }),
    ...(certFile === undefined ? {} : { cert: readFileSync(certFile) }),
    ...(keyFile === undefined ? {} : { key: readFileSync(keyFile) }),
    ...(serverName === undefined ? {} : { servername: serverName }),
    rejectUnauthorized: true,
  };
}

function basic({ username, password }: Credentials): string {
  return `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}`;
}
