/**
 * From the bytes of a watch to its lines. A chunk may end anywhere: within a line, or within a character. Newlines are
 * looked for in bytes, since no other character of UTF-8 contains that byte.
 */

const NEWLINE = 0x0a;

/** An object is at most 1.5 MiB in etcd; the server's JSON of it may be some times longer. */
const LINE_BYTES_MAX = 64 * 1024 * 1024;

export interface LineSplitter {
  /** The lines that this chunk completes. Throws when one grows beyond all measure. */
  push(chunk: Buffer): string[];
}

export function createLineSplitter(lineBytesMax = LINE_BYTES_MAX): LineSplitter {
  let begun: Buffer[] = [];
  let begunBytes = 0;

  function push(chunk: Buffer): string[] {
    const lines: string[] = [];
    let from = 0;
    for (let at = chunk.indexOf(NEWLINE); at >= 0; at = chunk.indexOf(NEWLINE, from)) {
      const line = Buffer.concat([...begun, chunk.subarray(from, at)]).toString('utf8');
      if (line.trim() !== '') lines.push(line);
      begun = [];
      begunBytes = 0;
      from = at + 1;
    }
    if (from < chunk.length) begun.push(chunk.subarray(from));
    begunBytes += chunk.length - from;
    if (begunBytes > lineBytesMax) throw new RangeError(`a line of a watch is longer than ${lineBytesMax} bytes`);
    return lines;
  }

  return { push };
}
