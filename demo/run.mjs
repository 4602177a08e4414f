#!/usr/bin/env node
import '../main/shell/cli/require-node.mjs';

process.umask(0o077);
const { runDemo } = await import('./demo.ts');
process.exitCode = await runDemo((text) => process.stdout.write(text));
