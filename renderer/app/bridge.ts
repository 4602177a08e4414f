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

export const core = new CoreClient(requireBridge());
export const shell = new ShellClient(requireBridge());
