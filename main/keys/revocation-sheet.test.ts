import { expect, it } from 'vitest';
import { textOfPages } from '../testing/pdf.ts';
import { openpgp } from './openpgp-config.ts';
import { createOwnKey } from './own.ts';
import { revocationSheet } from './revocation-sheet.ts';

const at = new Date('2026-11-22T13:05:00Z');

it('is one page for the safe, with the certificate line by line as it is typed', async (context) => {
  const own = await createOwnKey({ name: 'Region Syd', email: 'vi@exempel.se', at });
  const { fingerprint, createdAt, armoredPrivate } = own;
  const about = { organisation: 'Region Syd', userIds: ['Region Syd <vi@exempel.se>'] };
  const pdf = await revocationSheet({ ...about, fingerprint, createdAt, armoredPrivate, at });
  const pages = textOfPages(context, pdf);
  expect(pages).toHaveLength(1);
  // Typed from the paper: with it alone, somebody who has the public key can end it.
  const lines = (pages[0] ?? '').split('\n').map((line) => line.trim());
  const [from, to] = ['-----BEGIN', '-----END'].map((mark) =>
    lines.findIndex((line) => line.startsWith(mark)),
  );
  const typed = lines
    .slice(from, (to ?? 0) + 1)
    .filter((line, index) => line !== '' || index === 1)
    .join('\n');
  const key = await openpgp.readKey({ armoredKey: own.armoredPublic });
  const { publicKey } = await openpgp.revokeKey({
    key,
    revocationCertificate: typed,
    date: at,
    format: 'object',
  });
  expect(await publicKey.isRevoked(undefined, undefined, at)).toBe(true);
  expect(await key.isRevoked(undefined, undefined, at)).toBe(false);
  expect(pages[0]?.replace(/\s/g, '')).toContain(fingerprint);
});
