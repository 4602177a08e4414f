import { afterEach, describe, expect, it, vi } from 'vitest';
import { requireTool } from './tools.ts';

afterEach(() => vi.unstubAllEnvs());

describe('requireTool', () => {
  it('finds a program, and says loudly once that one is absent', () => {
    vi.stubEnv('CI', '');
    const said = vi.spyOn(process.stderr, 'write').mockReturnValue(true);
    expect(requireTool('node')).toMatch(/node$/);
    expect(said).not.toHaveBeenCalled();
    expect(requireTool('sigill-finns-inte')).toBeNull();
    expect(requireTool('sigill-finns-inte')).toBeNull();
    expect(said).toHaveBeenCalledTimes(1);
    expect(said.mock.calls[0]?.[0]).toContain('VARNING: sigill-finns-inte saknas');
  });

  it('is an error in CI, where a skipped check would look like a passed one', () => {
    vi.stubEnv('CI', 'true');
    expect(() => requireTool('sigill-finns-inte')).toThrow('CI');
  });
});
