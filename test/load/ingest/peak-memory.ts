import { readFileSync } from 'node:fs';

/** Most resident memory that a process has had, in MB: VmHWM of Linux's /proc (proc(5)). */
export function peakMbOf(pid: number): number {
  const kib = Number(/VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0);
  return kib / 1024;
}
