#!/usr/bin/env node
// Plain JavaScript, so that an older Node can still say what is missing.
const [major] = process.versions.node.split('.').map(Number);
if (major < 24) {
  console.error(`Chatwarden needs Node 24, this is ${process.versions.node}: run "make run", which brings its own.`);
  process.exit(1);
}
const { main } = await import('../src/main.ts');
process.exitCode = await main(process.argv.slice(2));
