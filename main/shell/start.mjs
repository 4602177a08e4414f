#!/usr/bin/env node
import './cli/require-node.mjs';

// No newer syntax here than `import()`: on an old Node this file must be read before the line above can be run.

// Everything Sigill writes is the user's own: no group, no others.
process.umask(0o077);

import('./launch.ts')
  .then((launcher) => launcher.launch())
  .then((code) => {
    process.exitCode = code;
  });
