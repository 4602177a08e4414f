import type { Page } from 'playwright-core';
import type { FromCore, ToCore } from '../../../../shared/contract/messages.ts';
import type { FromShell, SigillBridge, ToShell } from '../../../../shared/contract/shell.ts';
import type { ServedFile } from '../../window/serving.ts';

export type Told = FromCore | FromShell;

/** The world of the tiny page, as its tests see it. */
export interface TinyWorld {
  readonly sigill: SigillBridge;
  readonly told: Told[];
  readonly mark: string;
  secret?: string;
}

const page =
  '<!doctype html><html lang="sv"><title>Sigill</title><script type="module" src="./page.js"></script><h1>Prov</h1>';
const script = `
globalThis.told = [];
globalThis.mark = crypto.randomUUID();
globalThis.sigill.onMessage((message) => globalThis.told.push(message));
`;

/** A page that is nothing but the bridge, served as the built renderer is. */
export const TINY_PAGE: ReadonlyMap<string, ServedFile> = new Map([
  ['/', { type: 'text/html; charset=utf-8', body: Buffer.from(page) }],
  ['/page.js', { type: 'text/javascript; charset=utf-8', body: Buffer.from(script) }],
]);

export function send(at: Page, message: ToCore | ToShell): Promise<void> {
  return at.evaluate((said) => (globalThis as unknown as TinyWorld).sigill.send(said), message);
}

/** Everything that the page has been told. */
export function told(at: Page): Promise<Told[]> {
  return at.evaluate(() => (globalThis as unknown as TinyWorld).told);
}

/** Waits for the message that ends the call of this id. */
export async function ending(at: Page, id: number): Promise<Told> {
  const handle = await at.waitForFunction(
    (wanted) =>
      (globalThis as unknown as TinyWorld).told.find(
        (message) => 'id' in message && message.id === wanted && message.kind !== 'progress',
      ),
    id,
    { polling: 20 },
  );
  return (await handle.jsonValue()) as Told;
}

let next = 1;

/** Asks the core, and waits for its answer or its error. */
export async function call(at: Page, operation: string, request: unknown): Promise<Told> {
  const id = next++;
  await send(at, { kind: 'call', id, operation, request });
  return ending(at, id);
}

/** Asks the shell, and waits for its answer or its error. */
export async function ask(at: Page, operation: ToShell['operation'], request: unknown): Promise<Told> {
  const id = next++;
  await send(at, { kind: 'shell', id, operation, request });
  return ending(at, id);
}
