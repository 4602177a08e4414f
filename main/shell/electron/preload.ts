import { contextBridge, ipcRenderer } from 'electron';
import type { SigillBridge } from '../../../shared/contract/shell.ts';
import { CHANNEL } from './security.ts';

type Message = Parameters<Parameters<SigillBridge['onMessage']>[0]>[0];

const listeners = new Set<(message: Message) => void>();
/** What came before the page listened, such as why the rooms were locked. */
const early: Message[] = [];

// The event is dropped here: through it a page would reach ipcRenderer itself.
ipcRenderer.on(CHANNEL, (_event, message: Message) => {
  if (listeners.size === 0) early.push(message);
  for (const listener of [...listeners]) listener(message);
});

const bridge: SigillBridge = {
  send: (message) => ipcRenderer.send(CHANNEL, message),
  onMessage: (listener) => {
    listeners.add(listener);
    for (const message of early.splice(0)) listener(message);
    return () => {
      listeners.delete(listener);
    };
  },
};

contextBridge.exposeInMainWorld('sigill', bridge);
