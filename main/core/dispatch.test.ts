import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { IncidentId } from '../../shared/domain/incident.ts';
import type { Room } from '../../shared/domain/room.ts';
import type { RulePack } from '../../shared/domain/rules.ts';
import { requireClearance } from '../export/gate.ts';
import { raiseMarking, writeItem } from '../incidents/marking.ts';
import { openpgp } from '../keys/openpgp-config.ts';
import { createOwnKey, type OwnKey } from '../keys/own.ts';
import { documentDigest } from '../reports/digest.ts';
import { loadRulePack } from '../rules/load.ts';
import { at, bytesOf, factOf, SENSITIVE } from '../testing/incidents.ts';
import { operatorsOf } from '../testing/pdf-operators.ts';
import { casePath, makeTestVault, PASSPHRASES, USER, type TestVault } from '../testing/vault.ts';
import type { Vault } from '../vault/session.ts';
import { verifyAudit } from './audit.ts';
import { dispatch, type Dispatched, type DispatchOrder, type WayOut } from './dispatch.ts';
import { importIncidentFiles } from './import-incidents.ts';
import { importRecipientKey } from './keys.ts';
import { byEmail, byEnvelope, bySignalskydd, type EnvelopeOrder } from './ways-out.ts';

vi.mock(import('../vault/key-derivation.ts'), async (original) =>
  (await import('../testing/remember-keys.ts')).rememberKeys(await original()),
);

const rules = loadRulePack();
const DECISION = { reason: 'Prövat och godtaget.', decidedBy: 'Säkerhetsskyddschefen K. Ek' };
/** Words of the exercise that are classified, and words that tell of a class. */
const CLASSIFIED = /Björktrast|KANARIE|M-014|[Bb]egränsat|BEGRÄNSAT|[Hh]emlig|HEMLIG|15 kap\. 2 §/;

let test: TestVault;
let vault: Vault;
let recipient: OwnKey;
let kalix: IncidentId;
let service: IncidentId;
let exercise: IncidentId;
beforeAll(async () => {
  test = await makeTestVault();
  vault = await test.open(['open', 'protected']);
  const ids = importIncidentFiles(
    vault,
    rules,
    ['kalix-2021', 'servicecenter-2024', 'ovning-sakerhetskanslig'].map(casePath),
  );
  [kalix, service, exercise] = ids as [IncidentId, IncidentId, IncidentId];
  recipient = await createOwnKey({
    name: 'CERT',
    email: 'cert@exempel.se',
    at: new Date(Date.now() - 60_000),
  });
  await importRecipientKey(vault, Buffer.from(recipient.armoredPublic), {
    first: USER,
    second: 'Bo Ask',
    way: 'telefon',
    phone: '010-240 40 40',
    note: 'vakthavande',
  });
});
afterAll(() => {
  expect(verifyAudit(vault).flatMap(({ faults }) => faults)).toEqual([]);
  vault.close();
  test.remove();
});

let folders = 0;
const newFolder = (): string => join(test.root, `ut-${(folders += 1)}`);
const leftBeside = (): string[] => readdirSync(test.root).filter((name) => name.includes('.part'));

function order(incidentId: IncidentId, formId: string, change: Partial<DispatchOrder> = {}): DispatchOrder {
  return {
    incidentId,
    formId,
    version: 'full',
    draft: false,
    out: newFolder(),
    decision: DECISION,
    ...change,
  };
}

const envelope = (formId: string, change: Partial<EnvelopeOrder> = {}, pack: RulePack = rules): WayOut =>
  byEnvelope(vault, pack, formId, {
    carriage: null,
    layout: 'C4',
    copies: 1,
    recipientId: null,
    attention: null,
    securityBag: null,
    consignment: null,
    addressReason: null,
    ...change,
  });
const signalskydd = (grade: string | null = 'SG R'): WayOut =>
  bySignalskydd(vault, rules, { medium: 'M-1', grade, recipientName: 'Signalskydd, mottagaren' });

interface Row {
  readonly action: string;
  readonly payload: Record<string, unknown>;
}
/** What the audit of a room tells of an incident, the last row first. */
function rowsOf(room: Room, id: IncidentId): Row[] {
  const rows = vault
    .requireRoom(room)
    .store.database.prepare(
      'SELECT action, payload FROM audit_entry JOIN audit_payload USING (seq) WHERE object = ? ORDER BY seq DESC',
    )
    .all(id) as { action: string; payload: string }[];
  return rows.map(({ action, payload }) => ({
    action,
    payload: JSON.parse(payload) as Record<string, unknown>,
  }));
}
/** The last row of the room tells of this document and of the files as they lie there. */
function expectReceipt(room: Room, id: IncidentId, sent: Dispatched, out: string): void {
  const [row] = rowsOf(room, id);
  const files = sent.files.map(({ name }) => {
    const bytes = readFileSync(join(out, name));
    return { name, size: bytes.length, sha256: createHash('sha256').update(bytes).digest('hex') };
  });
  expect(readdirSync(out).sort()).toEqual(files.map(({ name }) => name).sort());
  expect(row).toMatchObject({
    action: 'export.made',
    payload: { document: documentDigest(sent.document), files },
  });
}

/** The report as the recipient reads it. */
async function decrypted(out: string): Promise<string> {
  const [name = ''] = readdirSync(out).filter((file) => file.endsWith('.pgp'));
  const { data } = await openpgp.decrypt({
    message: await openpgp.readMessage({ armoredMessage: readFileSync(join(out, name), 'latin1') }),
    decryptionKeys: await openpgp.readPrivateKey({ armoredKey: recipient.armoredPrivate }),
    format: 'binary',
  });
  const mail = Buffer.from(data).toString('latin1');
  // The attachments lie in the mail as base64, lines of it.
  const attached = [...mail.matchAll(/base64\r\n(?:[^\r\n]+\r\n)*\r\n([A-Za-z0-9+/=\r\n]+)/g)].map(
    ([, text = '']) => Buffer.from(text, 'base64').toString('utf8'),
  );
  return [Buffer.from(data).toString('utf8'), ...attached].join('\n');
}

describe('a report goes each of the three ways', () => {
  it.each([
    ['kalix', () => kalix, 'kommun-slutrapport'],
    ['servicecenter', () => service, 'msb-slutrapport'],
  ])(
    '%s by e-mail: the recipient reads it, and the receipt holds the hash of each file',
    async (_name, id, form) => {
      const request = order(id(), form);
      const sent = await dispatch(vault, rules, request, byEmail(vault, rules, []));
      expect(readdirSync(request.out)).toHaveLength(3);
      expectReceipt('open', id(), sent, request.out);
      expect(rowsOf('open', id())[0]?.payload).toMatchObject({ recipients: [recipient.fingerprint] });
      expect(await decrypted(request.out)).toContain(documentDigest(sent.document));
    },
  );

  it('the exercise by signalskydd: in the clear for the approved system, its receipt in the protected room only', async () => {
    const request = order(exercise, 'sakerhetspolisen-anmalan');
    const before = rowsOf('open', exercise);
    const sent = await dispatch(vault, rules, request, signalskydd());
    expect(readFileSync(join(request.out, 'rapport.txt'), 'utf8')).toContain('BEGRÄNSAT HEMLIG');
    expect(readFileSync(join(request.out, 'rapport.json'), 'utf8')).toContain('KANARIE-NOD-X91');
    expectReceipt('protected', exercise, sent, request.out);
    expect(rowsOf('protected', exercise)[0]?.payload).toMatchObject({
      decision: { decidedBy: DECISION.decidedBy },
      answers: [expect.stringMatching(/^Tillåtet genom beslut av Säkerhetsskyddschefen K\. Ek: /)],
    });
    expect(rowsOf('open', exercise)).toEqual(before);
  });

  it('by crypto fax: pages in black alone, as the profile asks', async () => {
    const request = order(exercise, 'sakerhetspolisen-anmalan');
    const fax = { medium: 'M-1', grade: 'SG R', recipientName: null, profile: 'mgm-fax' };
    await dispatch(vault, rules, request, bySignalskydd(vault, rules, fax));
    const pages = await operatorsOf(new Uint8Array(readFileSync(join(request.out, 'rapport.pdf'))));
    expect(pages.length).toBeGreaterThan(0);
    for (const { colours, fills } of pages) expect([[...colours], fills]).toEqual([['#000000'], 0]);
  });

  it('the exercise in envelopes: by hand where nobody chose, and both printer and carriage cleared', async () => {
    const request = order(exercise, 'sakerhetspolisen-anmalan');
    const sent = await dispatch(vault, rules, request, envelope('sakerhetspolisen-anmalan'));
    expect(sent.clearances.map(({ channel }) => channel)).toEqual(['utskrift', 'personlig-leverans']);
    for (const clearance of sent.clearances) {
      expect(() => requireClearance(clearance, sent.document, [clearance.channel])).not.toThrow();
    }
    expectReceipt('protected', exercise, sent, request.out);
    expect(rowsOf('protected', exercise)[0]?.payload).toMatchObject({
      carriage: 'personlig-leverans',
      copies: 1,
    });
  });

  it('a way that the form’s routine does not name is told, not stopped', async () => {
    const sent = await dispatch(
      vault,
      rules,
      order(kalix, 'frivillig-slutrapport'),
      byEmail(vault, rules, []),
    );
    expect(sent.remarks.join('\n')).toMatch(/nämner inte den här vägen/);
    expect(sent.remarks.join('\n')).toMatch(/som incidenten inte har/);
  });
});

describe('what may not go a way', () => {
  it.each(['full', 'open'] as const)(
    'leaves no file and no folder, and a row of the refusal where the document belongs (%s version)',
    async (version) => {
      const request = order(exercise, 'msb-slutrapport', { version, openLevel: 'begransat-hemlig' });
      const before = rowsOf('open', exercise);
      await expect(dispatch(vault, rules, request, byEmail(vault, rules, []))).rejects.toMatchObject({
        kind: 'policy',
      });
      expect(existsSync(request.out)).toBe(false);
      expect(leftBeside()).toEqual([]);
      const [row] = rowsOf('protected', exercise);
      expect(row).toMatchObject({
        action: 'gate.refused',
        payload: {
          way: 'epost',
          answers: [{ channel: 'epost', answer: 'refused', rule: { absolute: true } }],
        },
      });
      expect(rowsOf('open', exercise)).toEqual(before);
    },
  );

  it('is refused before it is asked what is missing', async () => {
    const work = dispatch(vault, rules, order(exercise, 'kommun-slutrapport'), byEmail(vault, rules, []));
    await expect(work).rejects.toMatchObject({ kind: 'policy' });
  });

  it('without the decision that is needed: what it must find is listed, and the open room remembers', async () => {
    const request = order(kalix, 'kommun-slutrapport', { decision: null });
    const work = dispatch(vault, rules, request, byEmail(vault, rules, []));
    await expect(work).rejects.toMatchObject({
      kind: 'policy',
      faults: expect.arrayContaining([expect.any(String)]) as string[],
    });
    expect(rowsOf('open', kalix)[0]).toMatchObject({ action: 'gate.refused', payload: { way: 'epost' } });
    expect(existsSync(request.out)).toBe(false);
  });

  it('by a decision that only säkerhetsskyddschefen can take, when nobody says that it is hers', async () => {
    const request = order(exercise, 'sakerhetspolisen-anmalan', {
      decision: { reason: 'Brådskar', decidedBy: null },
    });
    const way = envelope('sakerhetspolisen-anmalan', { carriage: 'varde' });
    await expect(dispatch(vault, rules, request, way)).rejects.toMatchObject({ kind: 'policy' });
    expect(rowsOf('protected', exercise)[0]?.action).toBe('gate.refused');
    expect(existsSync(request.out)).toBe(false);
  });
});

describe('a report without its mandatory answers', () => {
  it('cannot be final: each is named, nothing is written and nothing is receipted', async () => {
    const request = order(exercise, 'msb-slutrapport');
    const receipts = (): Row[] =>
      rowsOf('protected', exercise).filter(({ action }) => action === 'export.made');
    const before = receipts();
    await expect(dispatch(vault, rules, request, signalskydd())).rejects.toMatchObject({
      kind: 'usage',
      faults: expect.arrayContaining([expect.stringMatching(/./)]) as string[],
    });
    expect(existsSync(request.out)).toBe(false);
    expect(receipts()).toEqual(before);
  });

  it('can be a draft, and says so on paper and in the receipt', async () => {
    const request = order(exercise, 'msb-slutrapport', { draft: true });
    const sent = await dispatch(vault, rules, request, signalskydd());
    expect(sent.remarks.join('\n')).toMatch(/Obligatoriska uppgifter saknas/);
    expect(readFileSync(join(request.out, 'rapport.txt'), 'utf8')).toContain('UTKAST');
    expect(rowsOf('protected', exercise)[0]?.payload).toMatchObject({ draft: true });
  });
});

describe('files and receipt are made together or not at all', () => {
  it('no receipt where the files cannot be written', async () => {
    writeFileSync(join(test.root, 'fil'), '');
    mkdirSync(join(test.root, 'full'));
    writeFileSync(join(test.root, 'full', 'min.txt'), 'min');
    const before = rowsOf('open', kalix);
    for (const out of [join(test.root, 'fil', 'ut'), join(test.root, 'full'), join(test.root, 'fil')]) {
      const work = dispatch(
        vault,
        rules,
        order(kalix, 'kommun-slutrapport', { out }),
        byEmail(vault, rules, []),
      );
      await expect(work).rejects.toMatchObject({ kind: 'usage' });
    }
    expect(rowsOf('open', kalix)).toEqual(before);
    expect(readdirSync(join(test.root, 'full'))).toEqual(['min.txt']);
    expect(leftBeside()).toEqual([]);
  });

  it('no files where the receipt cannot be written', async () => {
    const { database } = vault.requireRoom('open').store;
    database.exec(
      `CREATE TEMP TRIGGER fail BEFORE INSERT ON audit_entry WHEN NEW.action = 'export.made' BEGIN SELECT RAISE(ABORT, 'no'); END`,
    );
    const request = order(kalix, 'kommun-slutrapport');
    await expect(dispatch(vault, rules, request, byEmail(vault, rules, []))).rejects.toThrow('no');
    database.exec('DROP TRIGGER temp.fail');
    expect(existsSync(request.out)).toBe(false);
    expect(leftBeside()).toEqual([]);
  });

  it('nothing where the writer fails', async () => {
    const request = order(exercise, 'sakerhetspolisen-anmalan');
    await expect(dispatch(vault, rules, request, signalskydd('SG X'))).rejects.toThrow();
    expect(existsSync(request.out)).toBe(false);
  });
});

describe('an open version of what has a classified part', () => {
  const FORMS = ['msb-slutrapport', 'kommun-slutrapport', 'frivillig-slutrapport', 'telefonnotifiering'];

  it.each(FORMS)('by e-mail (%s): no word of it, and no hint of a class, in any byte', async (form) => {
    const request = order(exercise, form, { version: 'open', draft: true });
    const sent = await dispatch(vault, rules, request, byEmail(vault, rules, []));
    expect(sent.document.marking.level).toBe('oppen');
    const files = readdirSync(request.out).map((name) => readFileSync(join(request.out, name), 'utf8'));
    expect(files.join('\n')).not.toMatch(CLASSIFIED);
    const read = await decrypted(request.out);
    expect(read).toContain(sent.document.reference);
    expect(read).not.toMatch(CLASSIFIED);
    expectReceipt('open', exercise, sent, request.out);
    expect(JSON.stringify(rowsOf('open', exercise))).not.toMatch(CLASSIFIED);
  });

  it('of a form that tells by its name is receipted in the protected room', async () => {
    const request = order(exercise, 'sakerhetspolisen-anmalan', { version: 'open', draft: true });
    const sent = await dispatch(vault, rules, request, byEmail(vault, rules, []));
    expectReceipt('protected', exercise, sent, request.out);
    // The rules themselves lie in the open room and name every form there is; what was done may not.
    const { database } = vault.requireRoom('open').store;
    const told = [
      database.prepare<[], object>('SELECT * FROM dispatch').all(),
      database.prepare<[], object>('SELECT * FROM register_entry').all(),
      database.prepare<[], object>("SELECT * FROM audit_entry WHERE action NOT LIKE 'rules.%'").all(),
      database
        .prepare<[], object>(
          "SELECT * FROM audit_payload WHERE seq IN (SELECT seq FROM audit_entry WHERE action NOT LIKE 'rules.%')",
        )
        .all(),
    ].flat();
    expect(told.length).toBeGreaterThan(0);
    expect(JSON.stringify(told)).not.toContain('sakerhetspolisen-anmalan');
  });
});

describe('the rooms that a report needs', () => {
  async function withLocked(room: Room, work: () => Promise<void>): Promise<void> {
    vault.lockRoom(room);
    try {
      await work();
    } finally {
      await vault.unlock(room, USER, Buffer.from(PASSPHRASES[room]));
    }
  }

  it('with the protected room alone: none, not even an open one, for it would pass for whole', async () => {
    await withLocked('open', async () => {
      for (const version of ['full', 'open'] as const) {
        const request = order(exercise, 'sakerhetspolisen-anmalan', { version, draft: true });
        await expect(dispatch(vault, rules, request, signalskydd())).rejects.toMatchObject({
          kind: 'unlock',
        });
        expect(existsSync(request.out)).toBe(false);
      }
    });
  });

  it('with the open room alone: a draft or an open version, which say that a part is not with them', async () => {
    await withLocked('protected', async () => {
      const final = order(exercise, 'msb-slutrapport');
      await expect(dispatch(vault, rules, final, signalskydd())).rejects.toMatchObject({ kind: 'unlock' });
      const open = order(exercise, 'msb-slutrapport', { version: 'open', draft: true });
      const { remarks } = await dispatch(vault, rules, open, signalskydd());
      expect(remarks.join('\n')).toMatch(/skyddade rummet, som är låst, och är inte med/);
      expect(remarks.join('\n')).not.toMatch(/som incidenten inte har/);
    });
  });
});

describe('a clearance is for what was sent', () => {
  it('a document that has changed since is refused by the writer, and nothing is written', async () => {
    const request = order(kalix, 'kommun-slutrapport');
    const real = byEmail(vault, rules, []);
    const way: WayOut = {
      ...real,
      make: (document, clearances, remarks, numbering) =>
        real.make({ ...document, author: 'Någon annan' }, clearances, remarks, numbering),
    };
    await expect(dispatch(vault, rules, request, way)).rejects.toMatchObject({ kind: 'policy' });
    expect(existsSync(request.out)).toBe(false);
  });

  it('a value that is raised afterwards takes what the open room told of it along', async () => {
    const item = factOf(kalix, 'lardomar');
    writeItem(vault, item, { text: 'KANARIE-EFTERAT', codes: [] }, at('oppen'), null, SENSITIVE);
    await dispatch(vault, rules, order(kalix, 'kommun-slutrapport'), byEmail(vault, rules, []));
    raiseMarking(vault, item, at('hemlig'), null, SENSITIVE);
    expect(bytesOf(vault.requireRoom('open')).includes('KANARIE-EFTERAT')).toBe(false);
    const again = dispatch(vault, rules, order(kalix, 'kommun-slutrapport'), byEmail(vault, rules, []));
    await expect(again).rejects.toMatchObject({ kind: 'policy' });
  });
});
