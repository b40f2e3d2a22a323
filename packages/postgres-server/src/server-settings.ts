// Settings go on the server's command line at each start: code is their one source, whatever the files in the data folder
// say. Sources: PostgreSQL 18 manual, chapter 19.

/** Marks a server as started by us, so that one left by a killed owner is told from a stranger's on the same folder. */
export const OUR_MARK = 'cluster_name=chatwarden';

/** For a small machine that must lose nothing it has confirmed. A caller may override each. */
const TUNING: Record<string, string> = {
  fsync: 'on',
  synchronous_commit: 'on',
  full_page_writes: 'on',
  shared_buffers: '64MB',
  work_mem: '4MB',
  maintenance_work_mem: '32MB',
  max_connections: '40',
  // One machine, no replicas: none of the machinery for them, and less to write.
  wal_level: 'minimal',
  max_wal_senders: '0',
  max_replication_slots: '0',
  min_wal_size: '64MB',
  max_wal_size: '512MB',
  // Queries are short: compiling them or spreading them over processes costs more than it saves.
  jit: 'off',
  max_worker_processes: '2',
  max_parallel_workers_per_gather: '0',
  autovacuum_max_workers: '2',
  autovacuum_worker_slots: '2',
  io_method: 'sync',
};

/** What our own code relies on: where the server listens, and what it prints where. */
const FIXED: Record<string, string> = {
  listen_addresses: '127.0.0.1',
  unix_socket_directories: '',
  ssl: 'off',
  timezone: 'UTC',
  log_timezone: 'UTC',
  lc_messages: 'C',
  log_destination: 'stderr',
  logging_collector: 'off',
  log_min_messages: 'warning',
  log_line_prefix: '[%p] ',
  // Failing statements and the rows they name may hold people's messages, which must not reach a log.
  log_min_error_statement: 'panic',
  log_error_verbosity: 'terse',
};

export interface ServerArguments {
  clusterDir: string;
  port: number;
  settings: Record<string, string>;
}

/** The command line of `postgres`. The last mention of a setting counts, so what is fixed stands last. */
export function serverArguments({ clusterDir, port, settings }: ServerArguments): string[] {
  const all = { ...TUNING, ...settings, ...FIXED, port: String(port) };
  const pairs = Object.entries(all).map(([name, value]) => `${name}=${value}`);
  return ['-D', clusterDir, ...[...pairs, OUR_MARK].flatMap((pair) => ['-c', pair])];
}
