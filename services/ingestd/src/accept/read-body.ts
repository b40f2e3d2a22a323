/**
 * The bytes of a request, whatever they were packed in. What counts is the size unpacked: a few kB can hold GBs, so
 * unpacking ends at the limit.
 */
import type { Readable } from 'node:stream';
import { promisify } from 'node:util';
import { gunzip, zstdDecompress } from 'node:zlib';
import { bodyTooLarge, ProblemError } from '../problems/problem.ts';

/** Few round trips to the thread pool for a body of MBs. */
const CHUNK_BYTES = 256 * 1024;

type Unpack = (packed: Buffer, bytesMax: number) => Promise<Buffer>;

const unzip = promisify(gunzip);
const unzstd = promisify(zstdDecompress);

const ENCODINGS: Readonly<Record<string, Unpack>> = {
  identity: (body) => Promise.resolve(body),
  gzip: (packed, bytesMax) => unzip(packed, { maxOutputLength: bytesMax, chunkSize: CHUNK_BYTES }),
  zstd: (packed, bytesMax) => unzstd(packed, { maxOutputLength: bytesMax, chunkSize: CHUNK_BYTES }),
};

export interface BodyOptions {
  /** The header Content-Encoding. */
  encoding: string | undefined;
  /** The header Content-Length. */
  length: string | undefined;
  /** Of the body, packed and unpacked. */
  bytesMax: number;
}

/** Rejects with a ProblemError 400, 413 or 415. */
export async function readBody(stream: Readable, { encoding, length, bytesMax }: BodyOptions): Promise<Buffer> {
  const unpack = ENCODINGS[(encoding ?? 'identity').trim().toLowerCase()];
  if (!unpack) {
    const detail = `Content-Encoding is one of ${Object.keys(ENCODINGS).join(', ')}`;
    throw new ProblemError({
      code: 'unsupported-encoding',
      title: 'The encoding is not known here',
      status: 415,
      detail,
    });
  }
  if (Number(length ?? 0) > bytesMax) throw bodyTooLarge(bytesMax);
  const packed = await gather(stream, bytesMax);
  try {
    return await unpack(packed, bytesMax);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE') throw bodyTooLarge(bytesMax);
    throw new ProblemError({ code: 'bad-encoding', title: `The body is not ${encoding}`, status: 400 });
  }
}

async function gather(stream: Readable, bytesMax: number): Promise<Buffer> {
  const parts: Buffer[] = [];
  let bytes = 0;
  for await (const part of stream as AsyncIterable<Buffer>) {
    bytes += part.length;
    if (bytes > bytesMax) throw bodyTooLarge(bytesMax);
    parts.push(part);
  }
  return parts.length === 1 && parts[0] ? parts[0] : Buffer.concat(parts, bytes);
}
