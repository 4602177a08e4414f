import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { makeMarking, type Level, type Marking } from '../../shared/domain/marking.ts';
import type { Room } from '../../shared/domain/room.ts';
import { verifyAudit } from '../core/audit.ts';
import { openSession } from '../core/open-session.ts';
import { loadRulePack } from '../rules/load.ts';
import {
  addSecondPerson,
  at,
  bytesOf,
  crashedCopy,
  crashesDuring,
  draftWith,
  factOf,
  importOne,
  openCopy,
  SECOND,
  secondPerson,
  SENSITIVE,
} from '../testing/incidents.ts';
import { makeTestVault, PASSPHRASES, USER, type TestVault } from '../testing/vault.ts';
import type { Vault } from '../vault/session.ts';
import { changePassphrases } from '../vault/users.ts';
import { slotsOf, withSlots } from '../vault/vault-file.ts';
import { historyOf } from './history.ts';
import { lowerMarking, raiseMarking, writeItem } from './marking.ts';
import type { ItemReference } from './repository.ts';
import { getIncident } from './service.ts';

vi.mock(import('../vault/key-derivation.ts'), async (original) =>
  (await import('../testing/remember-keys.ts')).rememberKeys(await original()),
);

const REASON = 'KANARIE-SKAL: läget i nod X91 är känt';

let test: TestVault;
let vault: Vault;
beforeAll(async () => {
  test = await makeTestVault();
  vault = await test.open(['open', 'protected']);
  await addSecondPerson(vault);
});
afterAll(() => {
  expect(verifyAudit(vault).flatMap(({ faults }) => faults)).toEqual([]);
  vault.close();
  test.remove();
});

function factAt(level: Level, text = 'x'): ItemReference {
  return factOf(importOne(vault, draftWith({ orsak: [text, level] })), 'orsak');
}

function lower(
  item: ItemReference,
  wanted: Marking,
  { reason = REASON, second = secondPerson('protected'), of = vault } = {},
): Promise<Marking> {
  return lowerMarking(of, item, wanted, reason, second);
}

/** Everything that could have been changed. */
function all(): unknown {
  return (['open', 'protected'] as const).map((room) => {
    const { database } = vault.requireRoom(room).store;
    return [
      database.prepare('SELECT * FROM item_revision').all(),
      database.prepare('SELECT * FROM marking_decision').all(),
      database.prepare('SELECT * FROM audit_entry').all(),
      room === 'protected' ? database.prepare('SELECT * FROM pending_operation').all() : [],
    ];
  });
}

function payloads(room: Room, item: ItemReference, action: string): unknown[] {
  const rows = vault
    .requireRoom(room)
    .store.database.prepare(
      'SELECT payload FROM audit_payload JOIN audit_entry USING (seq) WHERE object = ? AND action = ?',
    )
    .all(item.incidentId, action) as { payload: string }[];
  return rows.map(({ payload }) => JSON.parse(payload) as unknown);
}

describe('two persons lower a marking', () => {
  it('out of the protected room: the value goes, its history and the reason stay', async () => {
    const item = factAt('hemlig', 'KANARIE-LAGE-1');
    writeItem(vault, item, { text: 'KANARIE-LAGE-2', codes: [] }, at('hemlig'), 'KANARIE-LAGE-3', SENSITIVE);
    expect(await lower(item, at('oppen'))).toEqual(at('oppen'));
    const open = bytesOf(vault.requireRoom('open')).toString('latin1');
    expect(open.match(/KANARIE-LAGE-\d/g)).toEqual(['KANARIE-LAGE-2']);
    expect(open).not.toContain('KANARIE-SKAL');
    expect(open).not.toContain('"hemlig"');
    expect(historyOf(vault, item).map(({ room, change, reason }) => [room, change, reason])).toEqual([
      ['protected', 'created', null],
      ['protected', 'revised', 'KANARIE-LAGE-3'],
      ['protected', 'released', REASON],
      ['open', 'lowered', 'Beslut av två personer'],
    ]);
    expect(payloads('protected', item, 'item.released')).toEqual([
      expect.objectContaining({ level: 'oppen', reason: REASON, second: expect.any(String) as string }),
    ]);
    const view = getIncident(vault, item.incidentId);
    expect(view.facts).toEqual([{ id: 'orsak', text: 'KANARIE-LAGE-2', codes: [], marking: at('oppen') }]);
    expect(view.hasProtectedPart).toBe(true);
  });

  it('within a room, with reason and second person bound into the chain', async () => {
    const sekretess = factAt('sekretess');
    await lower(sekretess, at('oppen'), { second: secondPerson('open') });
    const hemlig = factAt('hemlig');
    await lower(hemlig, at('begransat-hemlig'));
    for (const [room, item] of [
      ['open', sekretess],
      ['protected', hemlig],
    ] as const) {
      expect(historyOf(vault, item)).toMatchObject([
        { room, change: 'created' },
        { room, change: 'lowered', reason: REASON },
      ]);
      expect(payloads(room, item, 'item.lowered')).toEqual([
        expect.objectContaining({ key: 'orsak', reason: REASON, second: expect.any(String) as string }),
      ]);
    }
  });

  it('or take a provision from it; more provisions and a higher level are no lowering', async () => {
    const item = factAt('sekretess');
    const both = makeMarking('sekretess', ['18 kap. 8 § OSL', '21 kap. 7 § OSL']);
    raiseMarking(vault, item, both, null, SENSITIVE);
    const second = (): ReturnType<typeof secondPerson> => secondPerson('open');
    expect(await lower(item, at('sekretess'), { second: second() })).toEqual(at('sekretess'));
    for (const wanted of [at('sekretess'), both, at('hemlig')]) {
      await expect(lower(item, wanted, { second: second() })).rejects.toMatchObject({ kind: 'usage' });
    }
  });

  it('and the value can be raised again, also to a lower class than it had, with all that it has been through', async () => {
    const item = factAt('kvalificerat-hemlig', 'KANARIE-ATER');
    await lower(item, at('oppen'));
    raiseMarking(vault, item, at('begransat-hemlig'), null, SENSITIVE);
    expect(historyOf(vault, item).map(({ room, change }) => `${room} ${change}`)).toEqual([
      'protected created',
      'protected released',
      'protected lowered',
      'protected raised',
    ]);
    expect(getIncident(vault, item.incidentId).facts).toMatchObject([{ marking: at('begransat-hemlig') }]);
    expect(bytesOf(vault.requireRoom('open')).includes('KANARIE-ATER')).toBe(false);
    await lower(item, at('sekretess'));
    expect(getIncident(vault, item.incidentId, 'open').facts).toMatchObject([{ marking: at('sekretess') }]);
  });
});

describe('nothing is changed', () => {
  const wrong = (): Buffer => Buffer.from('fel lösenfras för den andra');
  const cases: readonly [
    string,
    string,
    Marking,
    { reason?: string; second: ReturnType<typeof secondPerson> },
  ][] = [
    ['by a wrong passphrase', 'unlock', at('oppen'), { second: { userName: SECOND, passphrase: wrong() } }],
    [
      'by the passphrase of the other room',
      'unlock',
      at('oppen'),
      { second: { userName: SECOND, passphrase: secondPerson('open').passphrase } },
    ],
    [
      'by somebody whom the room does not know',
      'unlock',
      at('oppen'),
      { second: { userName: 'Cecilia', passphrase: secondPerson('protected').passphrase } },
    ],
    [
      'by one person who says it twice',
      'policy',
      at('oppen'),
      { second: { userName: USER, passphrase: Buffer.from(PASSPHRASES.protected) } },
    ],
    [
      'by the recovery key as the second person',
      'unlock',
      at('oppen'),
      { second: { userName: 'Återställningsnyckel', passphrase: wrong() } },
    ],
    ['without a reason', 'usage', at('oppen'), { reason: ' \n', second: secondPerson('protected') }],
    ['by what is not lower', 'usage', at('hemlig'), { second: secondPerson('protected') }],
  ];

  it.each(cases)('%s: %s', async (_name, kind, wanted, more) => {
    const item = factAt('hemlig');
    const before = all();
    await expect(lower(item, wanted, more)).rejects.toMatchObject({ kind });
    expect(all()).toEqual(before);
    expect(more.second.passphrase.every((byte) => byte === 0)).toBe(true);
  });

  it('by somebody who came in with the recovery key: it is no person', async () => {
    const item = factAt('hemlig');
    const { actor } = vault.requireRoom('protected');
    const { userId } = actor;
    Object.assign(actor, { userId: 'recovery-protected' });
    await expect(lower(item, at('oppen'))).rejects.toMatchObject({ kind: 'policy' });
    Object.assign(actor, { userId });
  });

  it('by a slot that was taken away and put back into vault.json by hand', async () => {
    const item = factAt('hemlig');
    const folder = crashedCopy(vault, test.root);
    const second = await openSession(
      {
        folder,
        userName: SECOND,
        secrets: { protected: { kind: 'passphrase', passphrase: secondPerson('protected').passphrase } },
      },
      loadRulePack(),
    );
    const stolen = slotsOf(second.file, 'protected').filter(({ userName }) => userName === SECOND);
    await changePassphrases(second, { protected: 'helt andra ord om en sävlig uggla i tallen' });
    second.close();
    const of = await openCopy(folder, ['open', 'protected']);
    of.replaceFile(withSlots(of.file, 'protected', [...slotsOf(of.file, 'protected'), ...stolen]));
    await expect(lower(item, at('oppen'), { of })).rejects.toMatchObject({ kind: 'unlock' });
    of.close();
  });

  it('where the open room is locked and the value would go there', async () => {
    const item = factAt('hemlig');
    const folder = crashedCopy(vault, test.root);
    const of = await openCopy(folder, ['protected']);
    await expect(lower(item, at('oppen'), { of })).rejects.toMatchObject({ kind: 'unlock' });
    expect(historyOf(of, item)).toHaveLength(1);
    of.close();
  });

  it('by an error in the middle: the value is taken back from the open room', async () => {
    const item = factAt('hemlig', 'KANARIE-FEL');
    const { database } = vault.requireRoom('protected').store;
    database.exec(
      `CREATE TEMP TRIGGER fail BEFORE INSERT ON marking_decision BEGIN SELECT RAISE(ABORT, 'no'); END`,
    );
    await expect(lower(item, at('oppen'))).rejects.toThrow('no');
    database.exec('DROP TRIGGER temp.fail');
    expect(historyOf(vault, item).map(({ room, change }) => [room, change])).toEqual([
      ['protected', 'created'],
    ]);
    expect(bytesOf(vault.requireRoom('open')).includes('KANARIE-FEL')).toBe(false);
    expect(database.prepare('SELECT * FROM pending_operation').all()).toEqual([]);
  });
});

describe('a crash while a marking is lowered', () => {
  it('leaves it as it was, or lowered with its decision; never in the open room without one', async () => {
    const item = factAt('hemlig', 'KANARIE-KRASCH');
    const folders = await crashesDuring(vault, test.root, () => lower(item, at('oppen')));
    const outcomes: string[] = [];
    for (const folder of folders) {
      const crashed = await openCopy(folder, ['open', 'protected']);
      const history = historyOf(crashed, item).map(({ room, change }) => `${room} ${change}`);
      const isOpen = bytesOf(crashed.requireRoom('open')).includes('KANARIE-KRASCH');
      expect(isOpen).toBe(history.includes('protected released'));
      expect(getIncident(crashed, item.incidentId).facts).toHaveLength(1);
      expect(verifyAudit(crashed).flatMap(({ faults }) => faults)).toEqual([]);
      outcomes.push(history.join(', '));
      crashed.close();
    }
    const whole = 'protected created, protected released, open lowered';
    expect(outcomes).toEqual([...Array<string>(5).fill('protected created'), whole, whole]);
  });
});
