import { createHash } from 'node:crypto';
import type { Plugin } from 'vite';

/**
 * Keeps what could be fetched from the network out of the built window. Midas's style sheet brings its typeface from a
 * CDN; ours comes from the package @fontsource-variable/inter. What remains is looked for after the build, which then fails.
 */
export function withoutRemoteContent(): Plugin {
  return {
    name: 'sigill-without-remote-content',
    enforce: 'pre',
    transform(code, id) {
      return /\.css(?:\?|$)/.test(id) ? { code: stripRemoteFonts(code), map: null } : null;
    },
    generateBundle: {
      order: 'post',
      handler(_options, bundle) {
        for (const file of Object.values(bundle)) {
          if (file.type !== 'asset' || !file.fileName.endsWith('.css')) continue;
          const folder = file.fileName.split('/').slice(0, -1);
          const { css, pictures } = takeOutPictures(textOf(file.source));
          file.source = css;
          for (const { name, source } of pictures) {
            this.emitFile({ type: 'asset', fileName: [...folder, name].join('/'), source });
          }
        }
        for (const [name, file] of Object.entries(bundle)) {
          const found = findFetchable(name, textOf(file.type === 'chunk' ? file.code : file.source));
          if (found.length > 0) this.error(`${name} could fetch: ${found.join(', ')}`);
        }
      },
    },
  };
}

function textOf(content: string | Uint8Array): string {
  return typeof content === 'string' ? content : new TextDecoder().decode(content);
}

interface Picture {
  readonly name: string;
  readonly source: string;
}

/** A quoted URL may hold the other kind of quotes; one without quotes holds none. */
const PICTURE =
  /url\((?:"data:image\/svg\+xml([^"]*)"|'data:image\/svg\+xml([^']*)'|data:image\/svg\+xml([^"')]*))\)/g;

/**
 * Takes the pictures out of a style sheet that holds them as `data:` URLs, which the window's policy does not load, into
 * files beside it.
 */
export function takeOutPictures(css: string): { css: string; pictures: readonly Picture[] } {
  const pictures = new Map<string, Picture>();
  const without = css.replace(PICTURE, (_all, ...groups: (string | undefined)[]) => {
    const url = groups.slice(0, 3).find((group) => group !== undefined) ?? '';
    const comma = url.indexOf(',');
    const isBase64 = url.slice(0, comma).endsWith(';base64');
    const body = url.slice(comma + 1);
    const source = isBase64 ? Buffer.from(body, 'base64').toString('utf8') : decodeURIComponent(body);
    const name = `picture-${createHash('sha256').update(source).digest('hex').slice(0, 12)}.svg`;
    pictures.set(name, { name, source });
    return `url("./${name}")`;
  });
  return { css: without, pictures: [...pictures.values()] };
}

/** Removes each @font-face whose source is on the network. */
export function stripRemoteFonts(css: string): string {
  return css.replace(/@font-face\s*\{[^}]*\}/g, (rule) => (/https?:/.test(rule) ? '' : rule));
}

/** In a style sheet or a page every absolute URL is fetched; in a script those that stand where something is loaded. */
const FETCHED_IN_STYLE = /(?:url\(\s*["']?|@import\s+["']?)((?:https?:)?\/\/[^"')\s]+)/g;
const FETCHED_IN_PAGE = /(?:src|href|action|poster|data)\s*=\s*["']?((?:https?:)?\/\/[^"'\s>]+)/g;
const FETCHED_IN_SCRIPT =
  /(?:fetch|import|Worker|importScripts|EventSource|WebSocket|sendBeacon|\.src\s*=|\.href\s*=)\s*\(?\s*["'`]((?:https?:|wss?:)?\/\/[^"'`]+)/g;

/** @returns the URLs in a built file that loading it, or using it, would fetch from the network */
export function findFetchable(fileName: string, text: string): string[] {
  const extension = fileName.split('.').at(-1) ?? '';
  const pattern =
    extension === 'css' ? FETCHED_IN_STYLE : extension === 'html' ? FETCHED_IN_PAGE : FETCHED_IN_SCRIPT;
  if (!['css', 'html', 'js', 'mjs'].includes(extension)) return [];
  return [...text.matchAll(pattern)].map(([, url = '']) => url);
}
