import { readdirSync, readFileSync } from 'node:fs';
import { extname, join, sep } from 'node:path';

/** A file of the built renderer, as the window gets it. */
export interface ServedFile {
  readonly type: string;
  readonly body: Buffer;
}

/** What the build makes, and its type. A file of any other kind is not served, and stops the start. */
const TYPES: Readonly<Record<string, string>> = {
  '.css': 'text/css; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.ico': 'image/x-icon',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.mjs': 'text/javascript; charset=utf-8',
  '.pdf': 'application/pdf',
  '.pfb': 'application/octet-stream',
  '.bcmap': 'application/octet-stream',
  '.icc': 'application/octet-stream',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.ttf': 'font/ttf',
  '.txt': 'text/plain; charset=utf-8',
  '.wasm': 'application/wasm',
  '.woff': 'font/woff',
  '.woff2': 'font/woff2',
};
/** Made by the build for the build, or for a person: never asked for by the page. */
const NOT_SERVED = /^LICENSE|\.map$/;

/**
 * The whole of what a window may load: an exact map from path to content, read once. There is no way from a request to
 * the file system, and so no path to escape from.
 * @throws Error where the folder is missing, has no page, or holds a kind of file that nobody foresaw
 */
export function readServedFiles(folder: string): ReadonlyMap<string, ServedFile> {
  const files = new Map<string, ServedFile>();
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile() || NOT_SERVED.test(entry.name)) continue;
    const path = join(entry.parentPath, entry.name);
    const type = TYPES[extname(entry.name)];
    if (type === undefined) throw new Error(`The renderer holds a file of unknown kind: ${path}`);
    const name = path.slice(folder.length).split(sep).join('/');
    files.set(name.startsWith('/') ? name : `/${name}`, { type, body: readFileSync(path) });
  }
  const page = files.get('/index.html');
  if (!page) throw new Error(`There is no index.html in ${folder}`);
  files.set('/', page);
  return files;
}

/**
 * The answer to a request for a path. A query or a fragment changes nothing, since nothing reads them.
 * @returns null for what is not in the map
 */
export function findServedFile(files: ReadonlyMap<string, ServedFile>, path: string): ServedFile | null {
  return files.get(path) ?? null;
}
