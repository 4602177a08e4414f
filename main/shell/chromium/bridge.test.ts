import { afterEach, expect, it, vi } from 'vitest';
import { installBridge } from './bridge.ts';

const NAME = '__prov';
const world = globalThis as unknown as Record<string, unknown>;

interface Bridge {
  onMessage(listener: (message: unknown) => void): () => void;
}

function install(answers: readonly (string | undefined)[]) {
  const waiting = [...answers];
  const call = vi.fn(() => Promise.resolve(waiting.shift()));
  world[NAME] = call;
  world['addEventListener'] = vi.fn();
  installBridge(NAME);
  return { call, bridge: world['sigill'] as Bridge };
}

afterEach(() => {
  for (const name of [NAME, 'addEventListener']) Reflect.deleteProperty(world, name);
});

it('gives the page what the shell tells, and asks no more when nobody is left to answer', async () => {
  const { call, bridge } = install(['[1,2]', undefined, '[3]']);
  const heard: unknown[] = [];
  bridge.onMessage((message) => heard.push(message));
  await vi.waitFor(() => expect(call).toHaveBeenCalledTimes(2));
  await new Promise(setImmediate);
  expect(heard).toEqual([1, 2]);
  expect(call).toHaveBeenCalledTimes(2);
  expect(world[NAME]).toBeUndefined();
});
