/** The client's bulk helper in a process that does nothing else: no door, no queue, nothing kept when it dies. */
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Job, Measured, Shipper } from './shipper.ts';

const BENCH = join(import.meta.dirname, '../../../packages/logstore/bench/bulk-helper.ts');
const run = promisify(execFile);

interface Told {
  indexed: number;
  failed: number;
  seconds: number;
  cpuSeconds: number;
  peakMb: number;
}

export const bulkHelper: Shipper = {
  name: 'bulk helper',
  missing: () => undefined,
  async run({ openSearchUrl, index, file, batch, events }: Job): Promise<Measured> {
    const { stdout } = await run(process.execPath, [BENCH, openSearchUrl, index, file, String(batch)]);
    const told = JSON.parse(stdout) as Told;
    if (told.indexed !== events) throw new Error(`the helper indexed ${told.indexed} of ${events}`);
    return { indexedSeconds: told.seconds, cpuSeconds: told.cpuSeconds, peakMb: told.peakMb };
  },
};
