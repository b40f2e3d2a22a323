#!/usr/bin/env node
// Publishes again what went to dead letters: npm exec -- node packages/bus/bin/replay-dead.mjs --help
const { replayCommand } = await import('../src/kafka/replay-command.ts');
process.exitCode = await replayCommand(process.argv.slice(2), console.log);
