import { defineConfig } from 'vitest/config';
import { NODE_FLAGS } from './main/testing/node-flags.ts';

export default defineConfig({
  test: {
    include: [
      'main/**/*.test.ts',
      'shared/**/*.test.ts',
      'demo/**/*.test.ts',
      'renderer/**/*.test.ts',
      'bench/**/*.test.ts',
    ],
    // Vaults that are made alike are made once in a run, and copied: an unlocking still costs what it costs.
    globalSetup: 'main/testing/shared-folder.ts',
    // Argon2id with its real floor (256 MiB) is part of many tests: two files at a time fit two cores.
    maxWorkers: 2,
    execArgv: NODE_FLAGS,
    testTimeout: 60_000,
    hookTimeout: 60_000,
    // What is waited for comes in its own time on a busy machine; a wait that succeeds costs nothing.
    expect: { poll: { timeout: 15_000 } },
    restoreMocks: true,
  },
});
