import { createHash } from 'node:crypto';
import { existsSync, lstatSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { IncidentId } from '../../shared/domain/incident.ts';
import { LEVELS, type Level } from '../../shared/domain/marking.ts';
import type { RulePack } from '../../shared/domain/rules.ts';
import { loadRulePack } from '../rules/load.ts';
import { draftWith, importOne } from '../testing/incidents.ts';
import { textOfPages } from '../testing/pdf.ts';
import { sampleReport } from '../testing/report.ts';
import { casePath, makeTestVault, type TestVault } from '../testing/vault.ts';
import type { Vault } from '../vault/session.ts';
import { verifyAudit } from './audit.ts';
import { chooseCarriage } from './carriage.ts';
import { dispatch } from './dispatch.ts';
import { importIncidentFiles } from './import-incidents.ts';
import { gatePolicy, makeReport, type ReportOrder } from './make-report.ts';
import { byEnvelope } from './ways-out.ts';
import { extensionOf, formatsOf } from '../../shared/domain/report.ts';
import { writeReportFile } from './write-report.ts';

vi.mock(import('../vault/key-derivation.ts'), async (original) =>
  (await import('../testing/remember-keys.ts')).rememberKeys(await original()),
);

const rules = loadRulePack();
const CLASSIFIED = /Björktrast|KANARIE|M-014|[Bb]egränsat|BEGRÄNSAT|[Hh]emlig|HEMLIG|15 kap\. 2 §/;

let test: TestVault;
let vault: Vault;
let exercise: IncidentId;
let kalix: IncidentId;
beforeAll(async () => {
  test = await makeTestVault();
  vault = await test.open(['open', 'protected']);
  const ids = importIncidentFiles(vault, rules, ['ovning-sakerhetskanslig', 'kalix-2021'].map(casePath));
  [exercise, kalix] = ids as [IncidentId, IncidentId];
});
afterAll(() => {
  expect(verifyAudit(vault).flatMap(({ faults }) => faults)).toEqual([]);
  vault.close();
  test.remove();
});

const orderOf = (incidentId: IncidentId, formId: string, change: Partial<ReportOrder> = {}): ReportOrder => ({
  incidentId,
  formId,
  version: 'full',
  draft: false,
  ...change,
});

interface Checkpoint {
  readonly size: number;
  readonly head: string;
}
const checkpointsOf = (room: 'open' | 'protected'): Checkpoint[] =>
  vault
    .requireRoom(room)
    .store.database.prepare('SELECT size, head FROM audit_checkpoint ORDER BY id')
    .all() as Checkpoint[];

describe('an open version of what has a classified part, on the workstation', () => {
  const forms = ['msb-slutrapport', 'kommun-slutrapport', 'frivillig-slutrapport', 'telefonnotifiering'];
  it.for(forms.flatMap((form) => formatsOf(form).map((format) => [form, format] as const)))(
    '%s as %s holds no word of it and no hint of a class',
    async ([form, format], context) => {
      const out = join(test.root, `${form}.${format}`);
      const { document } = await writeReportFile(
        vault,
        rules,
        orderOf(exercise, form, { version: 'open' }),
        format,
        out,
      );
      const bytes = readFileSync(out);
      const text =
        extensionOf(format) === 'pdf' ? textOfPages(context, bytes).join('\n') : bytes.toString('utf8');
      expect(text).toContain(document.reference);
      expect(text).not.toMatch(CLASSIFIED);
      expect(bytes.toString('utf8')).not.toMatch(CLASSIFIED);
    },
  );
});

describe('a report file', () => {
  it('is the owner’s only, and its receipt holds its hash', async () => {
    const out = join(test.root, 'kalix.txt');
    const { file, document } = await writeReportFile(
      vault,
      rules,
      orderOf(kalix, 'kommun-slutrapport'),
      'txt',
      out,
    );
    expect(document.draft).toBe(false);
    expect(file).toEqual({
      path: out,
      size: lstatSync(out).size,
      sha256: createHash('sha256').update(readFileSync(out)).digest('hex'),
    });
    expect(lstatSync(out).mode & 0o777).toBe(0o600);
    const [row] = vault
      .requireRoom('open')
      .store.database.prepare(
        `SELECT payload FROM audit_payload JOIN audit_entry USING (seq) WHERE action = 'report.written' ORDER BY seq DESC`,
      )
      .all() as { payload: string }[];
    expect(JSON.parse(row?.payload ?? '')).toMatchObject({ sha256: file.sha256, format: 'txt' });
  });

  it('that lacks mandatory answers is a draft', async () => {
    const out = join(test.root, 'utkast.txt');
    const { document } = await writeReportFile(
      vault,
      rules,
      orderOf(exercise, 'msb-slutrapport'),
      'txt',
      out,
    );
    expect(document).toMatchObject({ draft: true });
    expect(readFileSync(out, 'utf8')).toContain('UTKAST');
  });

  it('is never written over, and not left where its receipt or its place fails', async () => {
    const mine = join(test.root, 'min.txt');
    writeFileSync(mine, 'min');
    const order = orderOf(kalix, 'kommun-slutrapport');
    await expect(writeReportFile(vault, rules, order, 'txt', mine)).rejects.toMatchObject({ kind: 'usage' });
    const nowhere = join(test.root, 'finns-inte', 'a.txt');
    await expect(writeReportFile(vault, rules, order, 'txt', nowhere)).rejects.toMatchObject({
      kind: 'usage',
    });
    const { database } = vault.requireRoom('open').store;
    database.exec(
      `CREATE TEMP TRIGGER fail BEFORE INSERT ON audit_entry WHEN NEW.action = 'report.written' BEGIN SELECT RAISE(ABORT, 'no'); END`,
    );
    const unreceipted = join(test.root, 'utan.txt');
    await expect(writeReportFile(vault, rules, order, 'txt', unreceipted)).rejects.toThrow('no');
    database.exec('DROP TRIGGER temp.fail');
    expect(readFileSync(mine, 'utf8')).toBe('min');
    expect(existsSync(unreceipted)).toBe(false);
    expect(readdirSync(test.root).filter((name) => name.includes('.part'))).toEqual([]);
  });
});

describe('the checkpoint on a document', () => {
  it('is the last one of the chain of its room, on paper, in text and in JSON', async (context) => {
    for (const [id, form, room] of [
      [kalix, 'kommun-slutrapport', 'open'],
      [exercise, 'sakerhetspolisen-anmalan', 'protected'],
    ] as const) {
      for (const format of formatsOf(form)) {
        const out = join(test.root, `${form}-kontroll.${format}`);
        const { document } = await writeReportFile(vault, rules, orderOf(id, form), format, out);
        const last = checkpointsOf(room).at(-1);
        const shown = `${last?.size} rader, hash ${last?.head.slice(0, 16)}`;
        expect(document.checkpoint).toBe(shown);
        const bytes = readFileSync(out);
        const text =
          extensionOf(format) === 'pdf' ? textOfPages(context, bytes).join('\n') : bytes.toString('utf8');
        expect(text).toContain(shown);
        if (format !== 'json')
          expect(text).toMatch(/Kontrollpunkt i spårbarheten:?\s+\d+ rader, hash [0-9a-f]{16}/);
      }
    }
  });

  it('is not there in what is only looked at, and looking writes nothing', () => {
    const before = checkpointsOf('open').length;
    expect(makeReport(vault, rules, orderOf(kalix, 'kommun-slutrapport')).checkpoint).toBeNull();
    expect(checkpointsOf('open')).toHaveLength(before);
  });
});

describe('the carriage that is chosen when nobody has chosen', () => {
  it.each([
    ['oppen', 'rek'],
    ['sekretess', 'varde'],
    ['begransat-hemlig', 'personlig-leverans'],
    ['kvalificerat-hemlig', 'personlig-leverans'],
  ] as const)('for %s is %s: what needs no decision comes first', (level, carriage) => {
    expect(chooseCarriage(sampleReport(level), gatePolicy(vault, rules), true)).toBe(carriage);
  });
});

describe('the address on the envelope', () => {
  const [recipient] = [rules.recipients.get('cert-se')];
  if (!recipient) throw new TypeError();
  const pack = (addresses: (typeof recipient)['addresses']): RulePack => ({
    ...rules,
    recipients: new Map([...rules.recipients, ['cert-se', { ...recipient, addresses }]]),
  });
  const source = { reference: 'Prov', checked: '2026-11-22' };
  const address = (
    id: string,
    type: 'post' | 'rek',
    status: 'confirmed' | 'unconfirmed' | 'historical',
    validTo: string | null = null,
  ): (typeof recipient)['addresses'][number] => ({
    id,
    type,
    status,
    purpose: 'Prov',
    lines: [id.toUpperCase()],
    confidence: 'unconfirmed',
    validFrom: null,
    validTo,
    source,
  });
  let count = 0;
  async function send(
    rulePack: RulePack,
    recipientId: string | null = null,
    carriage: 'rek' | 'personlig-leverans' = 'rek',
  ) {
    const id = importOne(vault, draftWith({ parter: ['Kommunen', 'oppen'] }, { regimes: ['FRIV'] }));
    const out = join(test.root, `brev-${(count += 1)}`);
    const way = byEnvelope(vault, rulePack, 'frivillig-slutrapport', {
      carriage,
      layout: 'C4',
      copies: 1,
      recipientId,
      attention: null,
      securityBag: null,
      consignment: null,
      addressReason: 'Mottagaren svarar inte, och brevet måste gå i dag.',
    });
    const order = { ...orderOf(id, 'frivillig-slutrapport', { draft: true }), out, decision: null };
    const { remarks } = await dispatch(vault, rulePack, order, way);
    return { pdf: readFileSync(join(out, 'utskrift.pdf')), remarks: remarks.join('\n') };
  }

  it('is the surest one in force, and one meant for the carriage before one for all post', async (context) => {
    const past = '2020-01-01';
    const { pdf, remarks } = await send(
      pack([
        address('gammal', 'rek', 'historical'),
        address('utgangen', 'rek', 'confirmed', past),
        address('box', 'post', 'unconfirmed'),
        address('reken', 'rek', 'unconfirmed'),
      ]),
      'cert-se',
    );
    const text = textOfPages(context, pdf).join('\n');
    expect(text).toContain('REKEN');
    expect(text).not.toMatch(/GAMMAL|UTGANGEN|BOX/);
    expect(remarks).toMatch(/inte bekräftad/);
  });

  it('is nothing to guess at: without one, or for an unknown recipient, it is asked for', async () => {
    await expect(send(pack([]), 'cert-se')).rejects.toMatchObject({ kind: 'usage' });
    await expect(send(rules, 'okänd')).rejects.toMatchObject({ kind: 'usage' });
  });

  it('of one who is delivered to by hand is agreed upon by telephone', async () => {
    const { remarks } = await send(pack([]), 'cert-se', 'personlig-leverans');
    expect(remarks).toMatch(/inte bekräftad/);
  });
});

describe('the workstation', () => {
  it.each(LEVELS)('may hold a report at %s, up to the ceiling of the vault', async (level: Level) => {
    const id = importOne(vault, draftWith({ system: ['x', level] }));
    const out = join(test.root, `${level}.json`);
    const written = await writeReportFile(vault, rules, orderOf(id, 'msb-slutrapport'), 'json', out);
    expect(written.document.marking.level).toBe(level);
  });
});
