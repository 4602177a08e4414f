/** What of Trusted Types (W3C) is used; TypeScript's DOM library does not know it yet. */
interface TrustedTypes {
  readonly createPolicy: (
    name: string,
    rules: { readonly createScriptURL: (url: string) => string | null },
  ) => unknown;
}

/**
 * The CSP lets no text become markup, script or the address of a script, but through the one policy that may be made. It
 * says yes to the address of one worker, and cannot be made again.
 * @param address of the worker, as the bundler gives it
 */
export function allowOnlyWorker(address: string): void {
  const { trustedTypes } = globalThis as { trustedTypes?: TrustedTypes };
  const allowed = new URL(address, location.href).href;
  trustedTypes?.createPolicy('default', {
    createScriptURL: (url) => (new URL(url, location.href).href === allowed ? allowed : null),
  });
}
