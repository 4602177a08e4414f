import { findServedFile, type ServedFile } from '../window/serving.ts';
import { SECURITY_HEADERS } from '../window/headers.ts';
import { isAppUrl } from './security.ts';

export type ServedHosts = Readonly<Record<string, ReadonlyMap<string, ServedFile>>>;

/**
 * Answers a request for `app://<host>/<path>` from exact maps of what was built. There is no way from a path to the
 * file system; what is not in the map does not exist. Every answer, also a refusal, carries the security headers.
 */
export function answerAppRequest(
  hosts: ServedHosts,
  request: { readonly method: string; readonly url: string },
): Response {
  if (request.method !== 'GET' && request.method !== 'HEAD') return refusal(405, { allow: 'GET, HEAD' });
  if (!isAppUrl(request.url, Object.keys(hosts))) return refusal(403);
  const { hostname, pathname } = new URL(request.url);
  const files = hosts[hostname];
  const file = files ? findServedFile(files, pathname) : null;
  if (!file) return refusal(404);
  const body = request.method === 'HEAD' ? null : new Uint8Array(file.body);
  return new Response(body, {
    status: 200,
    headers: { ...SECURITY_HEADERS, 'content-type': file.type, 'content-length': String(file.body.length) },
  });
}

function refusal(status: number, headers: Readonly<Record<string, string>> = {}): Response {
  return new Response(null, { status, headers: { ...SECURITY_HEADERS, ...headers } });
}
