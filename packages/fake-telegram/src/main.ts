#!/usr/bin/env node
import { runCli } from './cli.ts';

try {
  const { fake } = await runCli(process.argv.slice(2), (text) => process.stdout.write(text));
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void fake?.close());
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}
