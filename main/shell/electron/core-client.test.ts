import * as electron from 'electron';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { CoreClient, type FromProcess } from './core-client.ts';
import type { FakeElectron, FakeUtilityProcess } from './testing/fake-electron.ts';

vi.mock('electron', async () => (await import('./testing/fake-electron.ts')).fakeElectron());

const fake = electron as unknown as FakeElectron;
const listener = { message: vi.fn(), crashed: vi.fn(), failed: vi.fn() };
const call = { kind: 'call', id: 7, operation: 'vault.lock', request: null } as const;
let clock = 0;
let core: CoreClient;

const children = (): FakeUtilityProcess[] =>
  fake.utilityProcess.fork.mock.results.map(({ value }) => value as FakeUtilityProcess);
const newest = (): FakeUtilityProcess => children().at(-1) as FakeUtilityProcess;
const say = (child: FakeUtilityProcess, message: FromProcess): void => void child.emit('message', message);

beforeEach(() => {
  vi.clearAllMocks();
  clock = 0;
  core = new CoreClient('/sigill/core-process.js', { serviceName: 'kärna' }, listener, () => clock);
});

describe('the core as the main process sees it', () => {
  it('keeps messages until the process can take them, in order', () => {
    core.send(call);
    core.send({ kind: 'cancel', id: 7 });
    expect(newest().sent).toEqual([]);
    say(newest(), { kind: 'ready' });
    expect(newest().sent).toEqual([
      { kind: 'window', message: call },
      { kind: 'window', message: { kind: 'cancel', id: 7 } },
    ]);
  });

  it('passes on what the contract knows, and nothing else', () => {
    const answer = { kind: 'answer', id: 7, answer: null };
    say(newest(), { kind: 'window', message: answer });
    say(newest(), { kind: 'window', message: { kind: 'answer', id: 7, answer: null, more: 1 } });
    say(newest(), { kind: 'window', message: 'text' });
    expect(listener.message.mock.calls).toEqual([[answer]]);
  });

  it('locks by ending the process that had the keys, and lets nothing of it through any more', async () => {
    const old = newest();
    say(old, { kind: 'ready' });
    const locked = core.lock('Datorn går i vila.');
    expect(old.sent.at(-1)).toEqual({ kind: 'lock', reason: 'Datorn går i vila.' });
    // The next process has begun already; an answer of the old one is not taken for one of its own.
    expect(children()).toHaveLength(2);
    say(old, { kind: 'window', message: { kind: 'answer', id: 7, answer: 'hemligt' } });
    expect(old.kill).not.toHaveBeenCalled();
    say(old, { kind: 'done' });
    await locked;
    expect(old.kill).toHaveBeenCalledOnce();
    old.emit('exit', 0);
    expect(listener.message).not.toHaveBeenCalled();
    expect(listener.crashed).not.toHaveBeenCalled();
    expect(children()).toHaveLength(2);
  });

  it('ends a core that does not lock', async () => {
    vi.useFakeTimers();
    try {
      const old = newest();
      say(old, { kind: 'ready' });
      const locked = core.lock('prov');
      await vi.advanceTimersByTimeAsync(15_000);
      await locked;
      expect(old.kill).toHaveBeenCalledOnce();
    } finally {
      vi.useRealTimers();
    }
  });

  it('starts a crashed core anew and says so, but not again and again', () => {
    for (let crash = 1; crash <= 2; crash += 1) {
      say(newest(), { kind: 'ready' });
      newest().emit('exit', 1);
      expect(listener.crashed).toHaveBeenCalledTimes(crash);
    }
    say(newest(), { kind: 'ready' });
    newest().emit('exit', 1);
    expect(listener.failed).toHaveBeenCalledOnce();
    expect(listener.crashed).toHaveBeenCalledTimes(2);
    core.send(call);
    expect(listener.message.mock.lastCall?.[0]).toMatchObject({
      kind: 'error',
      id: 7,
      error: { kind: 'fault' },
    });
  });

  it('forgets crashes that lie far apart', () => {
    for (let crash = 1; crash <= 5; crash += 1) {
      say(newest(), { kind: 'ready' });
      newest().emit('exit', 1);
      clock += 61_000;
    }
    expect(listener.crashed).toHaveBeenCalledTimes(5);
    expect(listener.failed).not.toHaveBeenCalled();
  });

  it('does not start again what never became ready', () => {
    newest().emit('exit', 1);
    expect(listener.failed).toHaveBeenCalledOnce();
    expect(children()).toHaveLength(1);
  });

  it('closes: locked, ended, and no other started', async () => {
    const last = newest();
    say(last, { kind: 'ready' });
    const closed = core.close();
    say(last, { kind: 'done' });
    await closed;
    expect(last.kill).toHaveBeenCalledOnce();
    expect(children()).toHaveLength(1);
  });
});
