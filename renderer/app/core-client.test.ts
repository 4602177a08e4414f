import { describe, expect, it } from 'vitest';
import type { FromCore, ToCore } from '../../shared/contract/messages.ts';
import type { SigillBridge } from '../../shared/contract/shell.ts';
import { CoreClient } from './core-client.ts';

function makeBridge() {
  const sent: ToCore[] = [];
  const listeners = new Set<(message: FromCore) => void>();
  const bridge: SigillBridge = {
    send: (message) => void sent.push(message as ToCore),
    onMessage: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
  const say = (message: unknown): void => listeners.forEach((listener) => listener(message as FromCore));
  return { sent, say, bridge };
}

const JUDGED = { accepted: true, guessesLog10: 14, advice: [] };

describe('the window as the core sees it', () => {
  it('gives each call its own answer, in whatever order they come', async () => {
    const { bridge, sent, say } = makeBridge();
    const client = new CoreClient(bridge);
    const one = client.call('vault.judgePassphrase', { passphrase: 'a', room: 'open', personal: [] });
    const two = client.call('vault.judgePassphrase', { passphrase: 'b', room: 'open', personal: [] });
    expect(sent.map((message) => message.id)).toEqual([1, 2]);
    say({ kind: 'answer', id: 2, answer: { ...JUDGED, guessesLog10: 2 } });
    say({ kind: 'answer', id: 1, answer: JUDGED });
    expect((await one).guessesLog10).toBe(14);
    expect((await two).guessesLog10).toBe(2);
  });

  it('refuses an answer that is not as the contract says', async () => {
    const { bridge, say } = makeBridge();
    const call = new CoreClient(bridge).call('vault.lock', null);
    say({ kind: 'answer', id: 1, answer: { surprise: true } });
    await expect(call).rejects.toMatchObject({ kind: 'fault' });
  });

  it('passes on what the core said of an error, and how far it has come', async () => {
    const { bridge, say } = makeBridge();
    const seen: string[] = [];
    const call = new CoreClient(bridge).call('users.list', null, {
      onProgress: ({ text }) => seen.push(text),
    });
    say({ kind: 'progress', id: 1, text: 'Läser', done: 1, total: 2 });
    say({ kind: 'error', id: 1, error: { kind: 'unlock', message: 'Valvet är låst.', faults: ['a'] } });
    await expect(call).rejects.toMatchObject({ kind: 'unlock', message: 'Valvet är låst.', faults: ['a'] });
    expect(seen).toEqual(['Läser']);
  });

  it('asks the core to stop when the person does', () => {
    const { bridge, sent } = makeBridge();
    const stop = new AbortController();
    void new CoreClient(bridge).call('users.list', null, { signal: stop.signal });
    stop.abort();
    expect(sent.at(-1)).toEqual({ kind: 'cancel', id: 1 });
  });

  it('shows no answer that comes after the lock', async () => {
    const { bridge, say } = makeBridge();
    const client = new CoreClient(bridge);
    const reasons: string[] = [];
    client.onLocked((reason) => reasons.push(reason));
    const call = client.call('users.list', null);
    say({ kind: 'locked', reason: 'skärmlås' });
    say({ kind: 'answer', id: 1, answer: [] });
    await expect(call).rejects.toMatchObject({ kind: 'cancelled' });
    expect(reasons).toEqual(['skärmlås']);
  });

  it('ignores what is not a message', () => {
    const { bridge, say } = makeBridge();
    new CoreClient(bridge);
    for (const raw of [null, 'x', { kind: 'answer' }, { kind: 'eval', id: 1 }]) say(raw);
  });
});
