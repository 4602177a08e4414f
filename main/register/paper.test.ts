import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { IncidentId } from '../../shared/domain/incident.ts';
import { dispatch, type WayOut } from '../core/dispatch.ts';
import { importIncidentFiles } from '../core/import-incidents.ts';
import { byEnvelope, bySignalskydd } from '../core/ways-out.ts';
import { loadRulePack } from '../rules/load.ts';
import { textOfPages } from '../testing/pdf.ts';
import { casePath, makeTestVault, type TestVault } from '../testing/vault.ts';
import type { Vault } from '../vault/session.ts';
import { addMedium, mediaOf } from './media/service.ts';
import { listRegister } from './service.ts';

vi.mock(import('../vault/key-derivation.ts'), async (original) =>
  (await import('../testing/remember-keys.ts')).rememberKeys(await original()),
);

const rules = loadRulePack();
let test: TestVault;
let vault: Vault;
let kalix: IncidentId;
let exercise: IncidentId;
beforeAll(async () => {
  test = await makeTestVault();
  vault = await test.open(['open', 'protected']);
  const ids = importIncidentFiles(vault, rules, ['kalix-2021', 'ovning-sakerhetskanslig'].map(casePath));
  [kalix, exercise] = ids as [IncidentId, IncidentId];
});
afterAll(() => {
  vault.close();
  test.remove();
});

const FORM = 'kommun-slutrapport';
const send = (name: string, way: WayOut, change: object = {}) =>
  dispatch(
    vault,
    rules,
    {
      ...{ incidentId: kalix, formId: FORM, version: 'full', draft: false },
      out: join(test.root, name),
      decision: { reason: 'Prövat.', decidedBy: 'K. Ek' },
      ...change,
    },
    way,
  );
const envelopes = (copies: number): WayOut =>
  byEnvelope(vault, rules, FORM, {
    ...{
      carriage: 'personlig-leverans',
      layout: 'C4',
      copies,
      recipientId: null,
      addressReason: 'Prov av utskriften.',
      attention: null,
    },
    ...{ securityBag: null, consignment: null },
  });
const lettersOf = (code: string): string => code.match(/.{4}/g)?.join('-') ?? '';

describe('on the paper stand the number and the code of each copy', () => {
  it('on cover sheet, first page and kvittens of each, and the outer envelope tells neither', async (context) => {
    const { number } = await send('brev', envelopes(2));
    const [entry] = listRegister(vault, rules, 'open');
    expect(entry?.designation).toBe(number);
    const pages = textOfPages(context, readFileSync(join(test.root, 'brev', 'utskrift.pdf')));
    for (const { code, designation } of entry?.copies ?? []) {
      const coded = pages.filter((page) => page.includes(lettersOf(code)));
      expect(coded.map((page) => /Försättsblad|Kvittens|Slutrapport/.exec(page)?.[0]).sort()).toEqual([
        'Försättsblad',
        'Kvittens',
        'Slutrapport',
      ]);
      for (const page of coded) expect(page).toContain(designation);
    }
    expect(entry?.copies.map(({ designation }) => designation)).toEqual([`${number}:1/2`, `${number}:2/2`]);
    // An outer envelope has no page number and no stamp: two addresses only.
    const outer = pages.filter((page) => !/Sida \d|SEKRETESS|Förseglat/.test(page));
    expect(outer).toHaveLength(2);
    for (const page of outer) expect(page).not.toContain(number ?? '');
  });

  it('on the transfer sheet, and on the registered medium what was written to it', async (context) => {
    const medium = addMedium(vault, 'M-7', 'usb', 'sekretess');
    const way = bySignalskydd(vault, rules, { medium: 'M-7', grade: null, recipientName: null });
    const { number } = await send('signalskydd', way);
    const [entry] = listRegister(vault, rules, 'open').slice(-1);
    const [sheet = ''] = textOfPages(
      context,
      readFileSync(join(test.root, 'signalskydd', 'overforingsblad.pdf')),
    );
    expect(sheet).toContain(`${number}:1/1`);
    expect(sheet).toContain(lettersOf(entry?.copies[0]?.code ?? '?'));
    const { events } = mediaOf(vault.requireRoom('open')).find(({ code }) => code === medium.code) ?? {
      events: [],
    };
    expect(events).toMatchObject([{ event: 'written', what: number }]);
  });

  it('a medium of too low a class stops the expedition: no file, no number', async () => {
    addMedium(vault, 'M-8', 'usb', 'oppen');
    const before = listRegister(vault, rules, 'open').length;
    const way = bySignalskydd(vault, rules, { medium: 'M-8', grade: null, recipientName: null });
    await expect(send('fel-medium', way)).rejects.toMatchObject({ kind: 'policy' });
    expect(listRegister(vault, rules, 'open')).toHaveLength(before);
    expect((await send('efter', envelopes(1))).number).toMatch(new RegExp(`/Ö00${before + 1}$`));
  });

  it('a draft is written to no medium of too low a class either, and one that fits tells of it', async () => {
    const way = (medium: string) => bySignalskydd(vault, rules, { medium, grade: null, recipientName: null });
    await expect(send('utkast-fel', way('m-8'), { draft: true })).rejects.toMatchObject({ kind: 'policy' });
    await send('utkast-ratt', way('m-7'), { draft: true });
    const medium = mediaOf(vault.requireRoom('open')).find(({ label }) => label === 'M-7');
    expect(medium?.events.at(-1)).toMatchObject({
      event: 'written',
      what: expect.stringMatching(/^Utkast, /),
    });
  });

  it('of a draft, and in an exercise, there is no number', async () => {
    expect((await send('utkast', envelopes(1), { draft: true })).number).toBeNull();
    const order = { incidentId: exercise, formId: 'sakerhetspolisen-anmalan' };
    const way = bySignalskydd(vault, rules, { medium: null, grade: 'SG R', recipientName: null });
    expect((await send('ovning', way, order)).number).toBeNull();
    expect(listRegister(vault, rules, 'protected')).toEqual([]);
  });
});
