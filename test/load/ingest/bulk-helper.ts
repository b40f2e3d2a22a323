/** The client's bulk helper in a process that does nothing else: no door, no queue, nothing kept when it dies. */
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { measureCpu } from './engine-use.ts';
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
  async run({ openSearchUrl, index, file, batch, events, warmUp }: Job): Promise<Measured> {
    const cpu = measureCpu(process.pid, ['openSearch']);
    const { stdout } = await run(process.execPath, [BENCH, openSearchUrl, index, file, String(batch), warmUp.file]);
    const { openSearch } = cpu();
    const told = JSON.parse(stdout) as Told;
    if (told.indexed !== events) throw new Error(`the helper indexed ${told.indexed} of ${events}`);
    // Not measured apart from the warm-up, which takes about as much for each event.
    const share = events / (events + warmUp.events);
    const engine = openSearch === undefined ? {} : { openSearch: openSearch * share };
    return { indexedSeconds: told.seconds, cpu: { shipper: told.cpuSeconds, ...engine }, peakMb: told.peakMb };
  },
};
