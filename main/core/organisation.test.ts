import { describe, expect, it } from 'vitest';
import type { SigillError } from '../../shared/domain/error.ts';
import { cleanOrganisation } from './organisation.ts';

function faultsOf(given: Parameters<typeof cleanOrganisation>[0]): readonly string[] {
  try {
    cleanOrganisation(given);
    return [];
  } catch (error) {
    return (error as SigillError).faults;
  }
}

describe('what is known of the organisation', () => {
  it('is trimmed and composed, and an empty value is none at all', () => {
    expect(
      cleanOrganisation({
        name: ' A\u030as ',
        phone: ' ',
        address: ['Box 1', ' ', ''],
        email: '',
      }),
    ).toEqual({
      name: 'Ås',
      phone: null,
      address: ['Box 1'],
      email: null,
    });
  });

  it('that is not given is not touched', () => {
    expect(cleanOrganisation({ contact: 'Vakthavande' })).toEqual({ contact: 'Vakthavande' });
    expect(cleanOrganisation({ number: null })).toEqual({ number: null });
  });

  it.each([
    [{ name: ' ' }, 'organisationens namn'],
    [{ name: 'Två\nrader' }, 'organisationens namn'],
    // A header of a letter would end there, and another begin.
    [{ email: 'a@example.se\r\nBcc: b@example.se' }, 'e-post'],
    [{ email: 'Anna <a@example.se>' }, 'e-post'],
    [{ email: 'å@ö.se' }, 'e-post'],
    [{ email: 'a@b' }, 'e-post'],
    [{ contact: 'x'.repeat(201) }, 'kontakt'],
    [{ address: Array.from({ length: 9 }, (_, line) => `Rad ${line}`) }, 'postadress'],
    [{ phone: '08\u001b[31m' }, 'telefon'],
  ])('that cannot stand on an envelope or in a header is refused: %j', (given, expected) => {
    const faults = faultsOf(given);
    expect(faults.length).toBeGreaterThan(0);
    expect(faults.every((fault) => fault.startsWith(`${expected}: `))).toBe(true);
  });

  it('says what an address lacks', () => {
    expect(faultsOf({ email: 'å@ö.se' })).toEqual([expect.stringContaining('utan å, ä och ö')]);
    expect(faultsOf({ email: 'a@b' })).toEqual([expect.stringContaining('toppdomän')]);
    expect(faultsOf({ email: 'a.b@c.example' })).toEqual([]);
  });

  it('tells every fault at once', () => {
    expect(faultsOf({ name: '', email: 'x', phone: 'a\nb' })).toHaveLength(3);
  });
});
