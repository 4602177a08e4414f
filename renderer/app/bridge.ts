import type { SigillBridge } from '../../shared/contract/shell.ts';
import { CoreClient } from './core-client.ts';
import { ShellClient } from './shell-client.ts';

declare global {
  interface Window {
    /** Put there by the shell's preload script; all that the window has of the outside. */
    readonly sigill?: SigillBridge;
  }
}

function requireBridge(): SigillBridge {
  if (!window.sigill) throw new Error('The window has no bridge to the core.');
  return window.sigill;
}

/** Later than that of any page before this one, and larger than it has had time to count to. */
const FIRST_ID = Math.floor(performance.timeOrigin);

export const core = new CoreClient(requireBridge(), FIRST_ID);
export const shell = new ShellClient(requireBridge(), FIRST_ID);
