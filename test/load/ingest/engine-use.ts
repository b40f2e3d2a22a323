/** CPU of the engines that this process has started, beside the shipper's own. */
import { cpuSecondsOf, pidBelow } from '../process-use.ts';
import type { CpuUse } from './shipper.ts';

const MAIN = { kafka: 'kafka.Kafka', openSearch: 'org.opensearch.bootstrap.OpenSearch' };

/** Begins now; the function returned tells what was used until it is called. */
export function measureCpu(shipperPid: number, engines: readonly (keyof typeof MAIN)[]): () => CpuUse {
  const pids = { shipper: shipperPid, ...Object.fromEntries(engines.map((name) => [name, pidBelow(MAIN[name])])) };
  const read = () => Object.entries(pids).map(([name, pid]) => [name, pid && secondsOf(pid)] as const);
  const before = new Map(read());
  return () => {
    const used = read().map(([name, now]) => [name, now === undefined ? now : now - (before.get(name) ?? 0)]);
    return Object.fromEntries(used) as CpuUse;
  };
}

const secondsOf = (pid: number) => cpuSecondsOf(pid, { withChildren: false });
