/** The name of the one binding through which page and shell speak; taken away before the page's own code runs. */
export const BINDING = '__sigillBridge';

/** What the page may say to the shell. `receive` is answered when there is something to tell. */
export type BridgeCall = 'core' | 'shell' | 'receive' | 'active';

type Binding = (call: BridgeCall, json: string) => Promise<string | undefined>;

/** The little of the page's world that the bridge uses; this side has no types of a browser. */
interface PageWorld {
  readonly top: unknown;
  readonly self: unknown;
  addEventListener(type: string, listener: () => void, options: { capture: boolean; passive: boolean }): void;
  [name: string]: unknown;
}

/**
 * Runs in the page before its own code, as a preload does: leaves `window.sigill` and nothing else. Must not use anything
 * from outside itself, for it is sent to the browser as text.
 */
export function installBridge(name: string): void {
  const world = globalThis as unknown as PageWorld;
  const call = world[name] as Binding;
  delete world[name];
  if (world.top !== world.self) return;

  const listeners = new Set<(message: unknown) => void>();
  let receiving = false;

  // Asked for, not pushed: nothing is lost before the page listens, and nothing of ours stands on the window.
  const receive = async (): Promise<void> => {
    for (;;) {
      const told = await call('receive', '');
      // The page is being closed, and whoever would answer is gone.
      if (told === undefined) return;
      const messages = JSON.parse(told) as unknown[];
      for (const message of messages) for (const listener of [...listeners]) listener(message);
    }
  };
  const bridge = Object.freeze({
    send: (message: { readonly kind: string }): void => {
      void call(message.kind === 'shell' ? 'shell' : 'core', JSON.stringify(message));
    },
    onMessage: (listener: (message: unknown) => void): (() => void) => {
      listeners.add(listener);
      if (!receiving) {
        receiving = true;
        void receive();
      }
      return () => void listeners.delete(listener);
    },
  });
  Object.defineProperty(world, 'sigill', { value: bridge });

  const often = 2_000;
  let told = 0;
  for (const type of ['keydown', 'pointerdown', 'pointermove', 'wheel']) {
    world.addEventListener(
      type,
      () => {
        if (Date.now() - told < often) return;
        told = Date.now();
        void call('active', '');
      },
      { capture: true, passive: true },
    );
  }
}
