// A server must not outlive the tests, however they end. Beside each one stands a shell that waits on a pipe from us: a
// line means that all is in order, the end of the pipe that we are gone, and then it ends the server and its data.
import { spawn } from 'node:child_process';

const SCRIPT = 'read -r _ || { kill -9 "$1"; rm -rf "$2"; }';

/** Returns how to dismiss the guard. */
export function guard(pid: number, folder: string): () => void {
  // A session of its own: a Ctrl-C in the terminal would end it before the server.
  const shell = spawn('/bin/sh', ['-c', SCRIPT, 'guard', String(pid), folder], {
    detached: true,
    stdio: ['pipe', 'ignore', 'ignore'],
  });
  shell.stdin.on('error', () => undefined);
  shell.unref();
  return () => shell.stdin.end('done\n');
}
