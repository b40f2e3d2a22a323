/** The body of a request as it was before `Content-Encoding`, and never more of it than is allowed. */
import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';

const unzip = promisify(gunzip);
/** Few round trips to the thread pool. */
const CHUNK_BYTES = 256 * 1024;

export type Inflated = { body: Uint8Array } | { refused: string; status: 400 | 413 | 415 };

export async function inflate(packed: Buffer, encoding: string | undefined, bytesMax: number): Promise<Inflated> {
  const name = (encoding ?? 'identity').trim().toLowerCase();
  if (name === 'identity') return { body: packed };
  if (name !== 'gzip') return { refused: 'Content-Encoding must be gzip, or absent', status: 415 };
  try {
    return { body: await unzip(packed, { maxOutputLength: bytesMax, chunkSize: CHUNK_BYTES }) };
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ERR_BUFFER_TOO_LARGE') {
      return { refused: 'the body is not gzip, as Content-Encoding says', status: 400 };
    }
    return { refused: `a request may have ${bytesMax} bytes, unpacked`, status: 413 };
  }
}
