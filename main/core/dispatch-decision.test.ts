import { join } from 'node:path';
import { Buffer } from 'node:buffer';
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import type { IncidentId } from '../../shared/domain/incident.ts';
import { payloadsOf } from '../audit/repository.ts';
import { listExpeditions, recordEvent } from '../dispatches/service.ts';
import { raiseMarking, writeItem } from '../incidents/marking.ts';
import { changeRegisterSettings, registerSettings } from '../register/numbering.ts';
import { changeSettings } from './register-settings.ts';
import { listRegister } from '../register/service.ts';
import { loadRulePack } from '../rules/load.ts';
import { at, draftWith, factOf, importOne, SENSITIVE } from '../testing/incidents.ts';
import { textOfPages } from '../testing/pdf.ts';
import { makeTestVault, PASSPHRASES, USER, type TestVault } from '../testing/vault.ts';
import type { Vault } from '../vault/session.ts';
import type { SecondPerson } from '../vault/second-person.ts';
import { addUserToRooms } from '../vault/users.ts';
import { verifyAudit } from './audit.ts';
import { decisionsOf } from './decisions.ts';
import { dispatch, type Dispatched } from './dispatch.ts';
import type { DecisionOrder } from './dispatch-decision.ts';
import { byEnvelope, bySignalskydd } from './ways-out.ts';

vi.mock(import('../vault/key-derivation.ts'), async (original) =>
  (await import('../testing/remember-keys.ts')).rememberKeys(await original()),
);

const rules = loadRulePack();
const FORM = 'sakerhetspolisen-anmalan';
let test: TestVault;
let vault: Vault;
let incident: IncidentId;
let folders = 0;
beforeAll(async () => {
  test = await makeTestVault('hemlig');
  vault = await test.open(['open', 'protected']);
  await addUserToRooms(vault, 'Bo Ek', PASSPHRASES);
});
beforeEach(() => {
  const when = { at: '2026-11-01T08:00:00.000Z', precision: 'exact' as const, marking: at('oppen') };
  incident = importOne(
    vault,
    draftWith(
      {
        handelseforlopp: ['Det hände', 'hemlig'],
        omfattning: ['Ett system', 'oppen'],
        konsekvenser: ['Stillestånd', 'oppen'],
      },
      {
        regimes: ['SAK'],
        times: [
          { id: 'occurred', ...when },
          { id: 'detected', ...when },
        ],
      },
    ),
  );
  changeRegisterSettings(vault, 'protected', { twoPersons: false });
});
afterAll(() => {
  expect(verifyAudit(vault).flatMap(({ faults }) => faults)).toEqual([]);
  vault.close();
  test.remove();
});

const out = (): string => join(test.root, `ut-${(folders += 1)}`);
function send(decision: DecisionOrder, isSupplement = false): Promise<Dispatched> {
  const order = { incidentId: incident, formId: FORM, version: 'full' as const, draft: false, isSupplement };
  return dispatch(
    vault,
    rules,
    { ...order, out: out(), decision },
    byEnvelope(vault, rules, FORM, {
      ...{ carriage: 'varde', layout: 'C4', copies: 1, recipientId: null, attention: null },
      ...{ securityBag: null, consignment: null, addressReason: 'Prov' },
    }),
  );
}
const by = (second: SecondPerson | null = null): DecisionOrder => ({
  reason: 'Signalskydd är inte möjligt i dag.',
  decidedBy: 'Karin Ek',
  second,
});
const lastAction = (): string =>
  vault
    .requireRoom('protected')
    .store.database.prepare('SELECT action FROM audit_entry ORDER BY seq DESC LIMIT 1')
    .pluck()
    .get() as string;

describe('a decision', () => {
  it('stands on the record of its document in the register: who, when, why, and by which rule', async () => {
    const { id } = await send(by());
    const entry = listRegister(vault, rules, 'protected').find(({ dispatch: one }) => one === id);
    expect(entry?.decision).toMatchObject({
      decider: 'sakerhetsskyddschefen',
      decidedBy: 'Karin Ek',
      secondBy: null,
      reason: 'Signalskydd är inte möjligt i dag.',
      recordedBy: USER,
      rules: expect.arrayContaining([
        expect.objectContaining({ channel: 'varde', confidence: expect.any(String) }),
      ]),
    });
    expect(entry?.decision?.rules[0]?.reason).not.toBe('');
    expect(decisionsOf(vault, incident).at(-1)).toMatchObject({ kind: 'dispatched', by: ['Karin Ek'] });
  });

  it('is for one document and one sending: the next one of the same report needs its own', async () => {
    await send(by());
    await expect(send(null)).rejects.toThrow(/Kräver beslut/);
    expect(lastAction()).toBe('gate.refused');
    const again = await send({ reason: 'Ny prövning: mottagaren bad om ett till.', decidedBy: 'Karin Ek' });
    const reasons = listRegister(vault, rules, 'protected')
      .filter(({ incident: one }) => one === incident)
      .map(({ decision }) => decision?.reason);
    expect(reasons).toEqual([
      'Signalskydd är inte möjligt i dag.',
      'Ny prövning: mottagaren bad om ett till.',
    ]);
    // The schema holds it too: no second decision for an expedition, and none of another document.
    const { database } = vault.requireRoom('protected').store;
    const insert = database.prepare(
      `INSERT INTO dispatch_decision VALUES (?, ?, 'sakerhetsskyddschefen', '[]', 'skäl', 'K', NULL, 't', 'A')`,
    );
    expect(() => insert.run(again.id, 'f'.repeat(64))).toThrow(/one document|UNIQUE/);
  });

  it('takes two persons where that is set, and the other one proves who she is', async () => {
    changeRegisterSettings(vault, 'protected', { twoPersons: true });
    await expect(send(by())).rejects.toThrow(/två personer/);
    expect(lastAction()).toBe('gate.refused');
    const other = (userName: string, passphrase = PASSPHRASES.protected) => ({
      userName,
      passphrase: Buffer.from(passphrase, 'utf8'),
    });
    await expect(send(by(other('Bo Ek', 'fel fras alldeles')))).rejects.toMatchObject({ kind: 'unlock' });
    await expect(send(by(other(USER)))).rejects.toThrow(/någon annan/);
    const before = listRegister(vault, rules, 'protected').length;
    // One person, written twice: as the one who decides, and as the other one.
    const twice = { reason: 'Prövat.', decidedBy: ' bo  ek', second: other('Bo Ek') };
    await expect(send(twice)).rejects.toThrow(/Bo Ek är redan den som har beslutat/);
    expect(listRegister(vault, rules, 'protected')).toHaveLength(before);
    const second = other('Bo Ek');
    await send(by(second));
    expect(second.passphrase.every((byte) => byte === 0)).toBe(true);
    const entries = listRegister(vault, rules, 'protected');
    expect(entries).toHaveLength(before + 1);
    expect(entries.at(-1)?.decision).toMatchObject({ decidedBy: 'Karin Ek', secondBy: 'Bo Ek' });
    expect(decisionsOf(vault, incident).at(-1)?.by).toEqual(['Karin Ek', 'Bo Ek']);
  });

  it('takes no second person where one decides: she would stand in no record', async () => {
    for (const [userName, passphrase] of [
      ['Bo Ek', PASSPHRASES.protected],
      ['Bo Ek', 'fel fras alldeles'],
      [USER, PASSPHRASES.protected],
    ] as const) {
      const second = { userName, passphrase: Buffer.from(passphrase, 'utf8') };
      const before = listExpeditions(vault, incident).length;
      await expect(send(by(second))).rejects.toThrow(/fattas av en person/);
      expect(listExpeditions(vault, incident)).toHaveLength(before);
      expect(second.passphrase.every((byte) => byte === 0)).toBe(true);
    }
  });

  it('is not made one person’s again by one person, and neither is who decides', async () => {
    const other = (passphrase: string) => ({
      userName: 'Bo Ek',
      passphrase: Buffer.from(passphrase, 'utf8'),
    });
    const settings = () => registerSettings(vault.requireRoom('protected').store);
    changeRegisterSettings(vault, 'protected', { twoPersons: true, chief: 'Siv Lund' });
    for (const change of [{ twoPersons: false }, { chief: USER }, { chief: null }]) {
      await expect(changeSettings(vault, 'protected', change, null)).rejects.toMatchObject({
        kind: 'policy',
      });
      await expect(
        changeSettings(vault, 'protected', change, other('fel fras alldeles')),
      ).rejects.toMatchObject({ kind: 'unlock' });
    }
    expect(settings()).toMatchObject({ twoPersons: true, chief: 'Siv Lund' });
    // What does not weaken it one may do alone.
    await changeSettings(
      vault,
      'protected',
      { inventoryMonths: 6, twoPersons: true, chief: 'Siv Lund' },
      null,
    );
    const second = other(PASSPHRASES.protected);
    await changeSettings(vault, 'protected', { twoPersons: false, chief: null }, second);
    expect(second.passphrase.every((byte) => byte === 0)).toBe(true);
    expect(settings()).toMatchObject({ twoPersons: false, chief: null });
    const rows = payloadsOf(vault.requireRoom('protected').store.database, 'register.settings', null);
    expect(rows.at(-1)?.payload).toMatchObject({ secondBy: 'Bo Ek' });
  });

  it('is the säkerhetsskyddschef’s own where the room knows who that is', async () => {
    changeRegisterSettings(vault, 'protected', { chief: 'Siv Lund' });
    await expect(send(by())).rejects.toThrow(/är det Siv Lund/);
    expect(lastAction()).toBe('gate.refused');
    await send({ reason: 'Prövat.', decidedBy: 'siv lund' });
    changeRegisterSettings(vault, 'protected', { chief: null });
  });

  it('goes with its document when that is raised, and the open register keeps no word of it', async () => {
    const open = importOne(
      vault,
      draftWith(
        { handelse: ['Det hände', 'sekretess'], system: ['Driften', 'sekretess'] },
        { regimes: ['SAK'] },
      ),
    );
    const sent = await dispatch(
      vault,
      rules,
      {
        ...{ incidentId: open, formId: 'kommun-slutrapport', version: 'full', draft: true, out: out() },
        decision: { reason: 'KANARIE-SKAL', decidedBy: 'KANARIE-CHEF' },
      },
      byEnvelope(vault, rules, 'kommun-slutrapport', {
        ...{ carriage: 'rek', layout: 'C4', copies: 1, recipientId: null, attention: null },
        ...{ securityBag: null, consignment: null, addressReason: 'Prov' },
      }),
    );
    const decisions = (room: 'open' | 'protected') =>
      vault
        .requireRoom(room)
        .store.database.prepare('SELECT reason FROM dispatch_decision WHERE dispatch_id = ?')
        .pluck()
        .all(sent.id);
    expect(decisions('open')).toEqual(['KANARIE-SKAL']);
    raiseMarking(vault, factOf(open, 'system'), at('hemlig'), null, SENSITIVE);
    expect([decisions('open'), decisions('protected')]).toEqual([[], ['KANARIE-SKAL']]);
  });
});

describe('a correction', () => {
  it('refers to the sent document by its number, tells what changed, and needs a clearance of its own', async (context) => {
    const first = await send(by());
    const kept = listExpeditions(vault, incident)[0];
    recordEvent(vault, first.id, 'sent', vault.now().toISOString(), null);
    writeItem(
      vault,
      { incidentId: incident, kind: 'fact', key: 'handelseforlopp' },
      { text: 'Det hände två gånger', codes: [] },
      at('hemlig'),
      'Rättat',
      SENSITIVE,
    );
    await expect(send(null, true)).rejects.toThrow(/Kräver beslut/);
    const correction = await send({ reason: 'Rättelsen prövad.', decidedBy: 'Karin Ek' }, true);
    expect(correction.number).not.toBe(first.number);
    const folder = join(test.root, `ut-${folders}`);
    const text = textOfPages(context, readFileSync(join(folder, 'utskrift.pdf')))
      .join(' ')
      .replace(/\s+/g, ' ');
    expect(text).toContain(`Komplettering/korrigering till rapport ${first.number}`);
    expect(text).toMatch(/Tidigare:? Det hände Nu:? Det hände två gånger|Det hände.*Det hände två gånger/);
    // What was sent is as it was: the same hash, and the document as it was kept.
    const now = listExpeditions(vault, incident).find(({ id }) => id === first.id);
    expect(now?.documentHash).toBe(kept?.documentHash);
    const itself = listExpeditions(vault, incident).find(({ id }) => id === correction.id);
    expect([now, itself].map((one) => one?.details.corrects)).toEqual([undefined, first.id]);
    expect(correction.remarks.join(' ')).not.toMatch(/rättelsen går med/);
    const reasons = listRegister(vault, rules, 'protected')
      .filter(({ incident: one }) => one === incident)
      .map(({ decision }) => decision?.reason);
    expect(reasons).toEqual(['Signalskydd är inte möjligt i dag.', 'Rättelsen prövad.']);
  });

  it('that goes to somebody who never had the document says so', async () => {
    const to = (recipientName: string, change: { isSupplement?: boolean; supplements?: string } = {}) =>
      dispatch(
        vault,
        rules,
        {
          ...{ incidentId: incident, formId: FORM, version: 'full', draft: false, out: out(), ...change },
          decision: { reason: 'Prövat.', decidedBy: null },
        },
        bySignalskydd(vault, rules, { medium: null, grade: 'SG S', recipientName }),
      );
    const correct = async (name: string, supplements?: string): Promise<string> => {
      const change = { isSupplement: true, ...(supplements === undefined ? {} : { supplements }) };
      return (await to(name, change)).remarks.join(' ');
    };
    const first = await to('Mott');
    recordEvent(vault, first.id, 'sent', vault.now().toISOString(), null);
    expect(await correct('Annan')).toMatch(
      /gäller det som gick till Mott .*Annan har inte fått den handlingen/,
    );
    expect(await correct(' mott')).not.toMatch(/har inte fått|fick en annan/);
    const second = await to('Annan');
    recordEvent(vault, second.id, 'sent', vault.now().toISOString(), null);
    expect(await correct('Annan', first.id)).toMatch(/sänds till Annan, som fick en annan\. Makulera/);
  });

  it('that goes another way than the document did says so', async () => {
    const first = await send(by());
    recordEvent(vault, first.id, 'sent', vault.now().toISOString(), null);
    const other = await dispatch(
      vault,
      rules,
      {
        ...{
          incidentId: incident,
          formId: FORM,
          version: 'full',
          draft: false,
          isSupplement: true,
          out: out(),
        },
        decision: { reason: 'Prövat.', decidedBy: 'Karin Ek' },
      },
      bySignalskydd(vault, rules, { medium: null, grade: 'SG S', recipientName: 'Säkerhetspolisen' }),
    );
    expect(other.remarks.join(' ')).toContain('gick med kuvert, och rättelsen går med signalskydd');
  });
});
