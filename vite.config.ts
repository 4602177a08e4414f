import react from '@vitejs/plugin-react';
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';
import { onlySwedish } from './renderer/build/only-swedish.ts';
import { withoutRemoteContent } from './renderer/build/without-remote-content.ts';

export default defineConfig({
  root: 'renderer',
  // Relative, so that the same files work under app:// and under the Chromium shell's origin.
  base: './',
  resolve: {
    alias: [
      { find: /^zod$/, replacement: fileURLToPath(new URL('renderer/app/zod-jitless.ts', import.meta.url)) },
    ],
  },
  plugins: [withoutRemoteContent(), onlySwedish(), react()],
  build: {
    outDir: '../dist/renderer',
    emptyOutDir: true,
    // A data: URL would need a wider CSP than 'self'.
    assetsInlineLimit: 0,
    // The polyfill fetches; Chromium needs none.
    modulePreload: { polyfill: false },
    target: 'chrome140',
    // pdf.js and its worker are large and loaded when a report is shown.
    chunkSizeWarningLimit: 1500,
  },
});
