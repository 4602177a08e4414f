import { defineConfig, type UserConfig } from 'vite';

/**
 * Bundles the Electron shell into dist/electron, one mode for each kind of process:
 * `processes`: start, core and its threads, for Node; `preload`: one file, since a sandboxed preload can require nothing of ours;
 * `print`: the page that draws a PDF for the printer, for Chromium.
 */

const SHELL = 'main/shell/electron';
const OUT = 'dist/electron';

/**
 * Stays in node_modules beside the bundle: native code, and what reads files of its own package. All else is bundled,
 * so that the package holds nothing that is not used. electron-builder.yml names the same packages.
 */
const EXTERNAL = [
  /^node:/,
  'electron',
  'better-sqlite3',
  'dictionary-sv',
  '@node-rs/argon2',
  'openpgp',
  /^pdfmake(\/|$)/,
  /^@expo-google-fonts\//,
  /^dejavu-fonts-ttf\//,
];

const node = { target: 'node24', minify: false, sourcemap: false, copyPublicDir: false } as const;

const MODES: Readonly<Record<string, UserConfig>> = {
  processes: {
    ssr: { noExternal: true },
    build: {
      ...node,
      ssr: true,
      outDir: OUT,
      emptyOutDir: true,
      rolldownOptions: {
        input: {
          main: `${SHELL}/start.ts`,
          'core-process': `${SHELL}/core-process.ts`,
          // A thread starts from a file of its own, which main/workers/pool.ts finds beside itself.
          'document-worker': 'main/workers/document-worker.ts',
        },
        external: EXTERNAL,
        // Flat: files find assets/ by the path from the bundle, which is as deep as the source is.
        output: { format: 'es', entryFileNames: '[name].js', chunkFileNames: '[name].js' },
      },
    },
  },
  preload: {
    ssr: { noExternal: true },
    build: {
      ...node,
      ssr: true,
      outDir: OUT,
      emptyOutDir: false,
      rolldownOptions: {
        input: { preload: `${SHELL}/preload.ts` },
        external: ['electron'],
        output: { format: 'cjs', entryFileNames: '[name].cjs' },
      },
    },
  },
  print: {
    root: `${SHELL}/print-page`,
    base: './',
    build: {
      outDir: `../../../../${OUT}/print`,
      emptyOutDir: true,
      target: 'chrome140',
      assetsInlineLimit: 0,
      modulePreload: { polyfill: false },
      chunkSizeWarningLimit: 1500,
    },
  },
};

/** Any other mode, such as Vite's own default, is that of the processes. */
export default defineConfig(({ mode }) => ({ publicDir: false, ...(MODES[mode] ?? MODES['processes']) }));
