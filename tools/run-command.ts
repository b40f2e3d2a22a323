import { spawn } from 'node:child_process';

export interface CommandResult {
  exitCode: number;
  /** Standard output and standard error, in the order they arrived. */
  output: string;
}

/** Runs a command without a shell and keeps what it prints. A command that cannot start is a result as well: 127. */
export function runCommand(
  [command, ...args]: readonly [string, ...string[]],
  options: { cwd?: string } = {},
): Promise<CommandResult> {
  return new Promise((resolve) => {
    const chunks: Buffer[] = [];
    const child = spawn(command, args, { ...options, stdio: ['ignore', 'pipe', 'pipe'] });
    child.stdout.on('data', (chunk: Buffer) => chunks.push(chunk));
    child.stderr.on('data', (chunk: Buffer) => chunks.push(chunk));
    child.on('error', (error) => resolve({ exitCode: 127, output: error.message }));
    child.on('close', (code) => resolve({ exitCode: code ?? 1, output: Buffer.concat(chunks).toString() }));
  });
}
