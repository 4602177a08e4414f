import { defineConfig } from 'vitest/config';
import { NODE_FLAGS } from '../main/testing/node-flags.ts';

export default defineConfig({
  test: {
    root: import.meta.dirname,
    globalSetup: '../main/testing/shared-folder.ts',
    include: ['**/*.e2e.ts'],
    // One person, one window, one thing at a time: in the order that the work is done.
    fileParallelism: false,
    execArgv: NODE_FLAGS,
    sequence: { concurrent: false },
    bail: 1,
    testTimeout: 120_000,
    hookTimeout: 120_000,
  },
});
