import { describe, expect, it } from 'vitest';
import { describeSignature } from './answers.ts';

const signer = {
  fingerprint: 'A'.repeat(40),
  owner: 'CERT <cert@exempel.se>',
  signedAt: '2026-11-22T13:05:00.000Z',
};

describe('how a signature stands', () => {
  it.each(['verified', 'own', 'unverified-key', 'distrusted-key'] as const)(
    'is told with when it was made, in Swedish time: %s',
    (kind) => {
      expect(describeSignature({ kind, ...signer })).toContain('Underskrivet 2026-11-22 14:05');
      expect(describeSignature({ kind, ...signer, signedAt: null })).toContain('Underskrivet vid okänd tid');
    },
  );

  it('that is not checked is told of by its kind, and never as none', () => {
    expect(describeSignature({ kind: 'unchecked', by: 'smime' })).toMatch(
      /annat slag \(S\/MIME\).*inte säkert/,
    );
    expect(describeSignature({ kind: 'unchecked', by: 'openpgp' })).toMatch(
      /inte gäller hela svaret.*inte säkert/,
    );
  });

  it('says nothing of when where nobody is known to have signed', () => {
    expect(describeSignature({ kind: 'unsigned' })).toMatch(/^Svaret är inte underskrivet\./);
    expect(describeSignature({ kind: 'unknown-key', keyId: 'AB12' })).toMatch(/finns i valvet \(AB12\)\./);
  });
});
