// A server must not outlive the tests, however they end. Beside each one stands a shell that waits on a pipe from us: a
// line means that all is in order, the end of the pipe that we are gone, and then it ends the server and its data.
import { spawn } from 'node:child_process';

/** Deletes when the process is gone, or after 20 s if it does not go. */
const SCRIPT = `read -r _ && exit
kill -s "$1" "$2"
for wait in $(seq 100); do kill -0 "$2" || break; sleep 0.2; done
rm -rf "$3"`;

export interface Guarded {
  pid: number;
  /** Goes with it. */
  folder: string;
  signal?: 'KILL' | 'TERM';
}

/** Returns how to dismiss the guard. */
export function guard({ pid, folder, signal = 'KILL' }: Guarded): () => void {
  // A session of its own: a Ctrl-C in the terminal would end it before the server.
  const shell = spawn('/bin/sh', ['-c', SCRIPT, 'guard', signal, String(pid), folder], {
    detached: true,
    stdio: ['pipe', 'ignore', 'ignore'],
  });
  shell.stdin.on('error', () => undefined);
  shell.unref();
  return () => shell.stdin.end('done\n');
}
