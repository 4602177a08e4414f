import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { DraftSaver, flushDrafts, type DraftNews } from './draft-saver.ts';

let told: string[];
let news: DraftNews[];
let failing: Error | null;
let saver: DraftSaver<string>;
let end: () => void;

beforeEach(() => {
  vi.useFakeTimers();
  told = [];
  news = [];
  failing = null;
  saver = new DraftSaver<string>(
    {
      put(value) {
        told.push(`put ${value}`);
        return failing ? Promise.reject(failing) : Promise.resolve('2026-11-22T03:00:00Z');
      },
      remove() {
        told.push('remove');
        return Promise.resolve();
      },
    },
    (one) => news.push(one),
  );
  end = saver.begin();
});
afterEach(() => {
  end();
  vi.useRealTimers();
});

describe('what is written', () => {
  it('is put a second after the last keystroke, the newest only', async () => {
    saver.change('a');
    await vi.advanceTimersByTimeAsync(900);
    saver.change('ab');
    await vi.advanceTimersByTimeAsync(900);
    expect(told).toEqual([]);
    await vi.advanceTimersByTimeAsync(100);
    expect(told).toEqual(['put ab']);
    expect(news).toEqual([{ savedAt: '2026-11-22T03:00:00Z' }]);
  });

  it('is put within five seconds from one who never pauses', async () => {
    for (let count = 0; count < 11; count += 1) {
      saver.change(`${count}`);
      await vi.advanceTimersByTimeAsync(500);
    }
    expect(told.length).toBeGreaterThan(0);
  });

  it('is put at once when the rooms are about to be locked, and when the form is left', async () => {
    saver.change('a');
    await flushDrafts();
    expect(told).toEqual(['put a']);
    saver.change('ab');
    end();
    expect(told).toEqual(['put a', 'put ab']);
    await flushDrafts();
    expect(told).toHaveLength(2);
  });

  it('that is what is saved already is no draft: the one in the core is removed, if there may be one', async () => {
    saver.change(null);
    await flushDrafts();
    expect(told).toEqual([]);
    saver.found();
    saver.change(null);
    await flushDrafts();
    expect(told).toEqual(['remove']);
  });

  it('and could not be put is told of, and put again', async () => {
    failing = new Error('låst');
    saver.change('a');
    await vi.advanceTimersByTimeAsync(1_000);
    expect(news).toEqual([{ error: failing }]);
    failing = null;
    await flushDrafts();
    expect(told).toEqual(['put a', 'put a']);
  });
});

describe('while it is being saved', () => {
  it('is put before, and not after', async () => {
    saver.change('a');
    await saver.whileSaving(async () => {
      told.push('save');
      saver.change('b');
      await flushDrafts();
    });
    await vi.advanceTimersByTimeAsync(10_000);
    expect(told).toEqual(['put a', 'save']);
  });

  it('goes on being put where the saving fails', async () => {
    const saving = saver.whileSaving(() => {
      saver.change('b');
      return Promise.reject(new Error('nej'));
    });
    await expect(saving).rejects.toThrow('nej');
    await vi.advanceTimersByTimeAsync(1_000);
    expect(told).toEqual(['put b']);
  });
});
