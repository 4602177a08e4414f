#!/usr/bin/env node
import './require-node.mjs';

// No newer syntax here than `import()`: on an old Node this file must be read before the line above can be run.

/** More than this is no passphrase, and would only fill the memory. */
const MOST_INPUT = 1024 * 1024;

// Everything Sigill writes is the user's own: no group, no others.
process.umask(0o077);

// Who pipes to `head` has read enough.
process.stdout.on('error', (error) => {
  if (error.code !== 'EPIPE') throw error;
});

async function readStandardInput() {
  const chunks = [];
  let size = 0;
  for await (const chunk of process.stdin) {
    chunks.push(chunk);
    size += chunk.length;
    if (size > MOST_INPUT) break;
  }
  return Buffer.concat(chunks);
}

const terminal = {
  out: (text) => process.stdout.write(text),
  err: (text) => process.stderr.write(text),
  readStandardInput,
};
if (process.stdout.isTTY && process.stdout.columns > 0) terminal.columns = process.stdout.columns;

async function main() {
  if (process.stdin.isTTY) terminal.askSecret = (await import('./ask-secret.mjs')).askSecret;
  const { runCli } = await import('./sigill.ts');
  process.exitCode = await runCli(process.argv.slice(2), terminal);
}

main();
