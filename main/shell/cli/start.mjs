#!/usr/bin/env node
import './require-node.mjs';

// Everything Sigill writes is the user's own: no group, no others.
process.umask(0o077);

const { runCli } = await import('./sigill.ts');
process.exitCode = await runCli(process.argv.slice(2), {
  out: (text) => process.stdout.write(text),
  err: (text) => process.stderr.write(text),
  readStandardInput: async () => {
    const chunks = [];
    for await (const chunk of process.stdin) chunks.push(chunk);
    return Buffer.concat(chunks);
  },
});
