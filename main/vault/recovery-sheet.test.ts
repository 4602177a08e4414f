import { describe, expect, it } from 'vitest';
import { inspectPdf, textOfPages } from '../testing/pdf.ts';
import { makeRecoveryCode } from './recovery-code.ts';
import { recoverySheet, type RecoverySheet } from './recovery-sheet.ts';

function sheet(change: Partial<RecoverySheet> = {}): RecoverySheet {
  return {
    vaultName: 'norra-driftverket.sigill',
    organisation: 'Norra driftverket',
    room: 'protected',
    code: makeRecoveryCode().code,
    created: new Date('2026-11-22T13:05:00Z'),
    ceiling: 'hemlig',
    ...change,
  };
}

describe('recoverySheet', () => {
  it('prints every group of the code in order on one page', async (context) => {
    const input = sheet();
    const bytes = await recoverySheet(input);
    expect(inspectPdf(context, 'qpdf', bytes, ['--check'])).toContain('No syntax or stream encoding errors');
    const pages = textOfPages(context, bytes);
    expect(pages).toHaveLength(1);
    const text = (pages[0] ?? '').replace(/\s+/g, '');
    expect(text).toContain(input.code.split('-').slice(0, 3).join(''));
    expect(text).toContain(input.code.split('-').slice(3, 6).join(''));
    expect(text).toContain(input.code.split('-').slice(6).join(''));
    expect(pages[0]).toContain('Återställningskod, skyddade rummet');
    expect(pages[0]).toMatch(/till\s+och\s+med\s+hemlig\./);
  });

  it('says what the open room holds at most, and stays one page with long names', async (context) => {
    const bytes = await recoverySheet(
      sheet({
        room: 'open',
        ceiling: 'kvalificerat-hemlig',
        organisation:
          'Samordningsförbundet för säkerhetskänslig vattenförsörjning och avloppsrening i Norra länsdelen',
        vaultName: 'samordningsforbundet-for-sakerhetskanslig-vattenforsorjning-och-avloppsrening.sigill',
      }),
    );
    const pages = textOfPages(context, bytes);
    expect(pages).toHaveLength(1);
    expect(pages[0]).toContain('Återställningskod, öppna rummet');
    expect(pages[0]).toMatch(/till\s+och\s+med\s+sekretess\./);
    expect(pages[0]).not.toMatch(/hemlig\b/i);
  });

  it('keeps the code out of the metadata', async (context) => {
    const input = sheet();
    const information = inspectPdf(context, 'pdfinfo', await recoverySheet(input), []);
    for (const group of input.code.split('-')) expect(information).not.toContain(group);
    expect(information).toMatch(/Title: +Återställningskod\n/);
  });
});
