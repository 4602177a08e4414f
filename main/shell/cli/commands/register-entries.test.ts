import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { swedishTime } from '../../../../shared/domain/swedish-time.ts';
import { textOfPages } from '../../../testing/pdf.ts';
import { casePath, makeTestVault, type TestVault } from '../../../testing/vault.ts';
import { mustSigill, refused, sigill, unlocking, type Json } from '../testing/run.ts';

vi.mock(import('../../../vault/key-derivation.ts'), async (original) =>
  (await import('../../../testing/remember-keys.ts')).rememberKeys(await original()),
);

let vault: TestVault;
let open: string[];
let incident = '';
let sent: Json;
beforeAll(async () => {
  vault = await makeTestVault('hemlig');
  open = unlocking(vault, 'open');
  [{ incident }] = await mustSigill(['incident', 'import', ...open, casePath('kalix-2021')]);
});
afterAll(() => vault.remove());

const faultOf = async (words: readonly string[]): Promise<string> => (await refused(words)).message;
const report = (name: string, way: string, ...more: string[]): string[] => [
  ...['export', way, ...open, '--incident', incident, '--form', 'kommun-slutrapport', '--version', 'full'],
  ...['--out', join(vault.root, name), '--decision', 'Prövat', ...more],
];

describe('signalskydd from draft to kvittens in the terminal', () => {
  it('lists the profiles with how certain they are', async () => {
    const { out } = await sigill(['export', 'profiles', ...open]);
    expect(out).toContain('mgs-fil: MGS: krypterad filöverföring (obekräftad)');
    expect(out).toContain('högst 1000000 byte');
  });

  it('refuses what does not fit a profile, with what to change, and makes nothing', async () => {
    const fault = await faultOf(
      report(
        'fel',
        'signalskydd',
        '--profile',
        'textmeddelande',
        '--format',
        'pdf',
        '--file-name',
        'Slut rapport',
      ),
    );
    expect(fault).toMatch(/passar inte profilen/);
    const log: Json = await mustSigill(['register', 'list', ...open]);
    expect(log).toEqual([]);
  });

  it('makes one file to the profile, and moves hand-over, sent, received and kvittens in order', async () => {
    sent = await mustSigill(
      report('sig', 'signalskydd', '--profile', 'textmeddelande', '--recipient', 'Mottagaren'),
    );
    expect(sent.files.map(({ name }: { name: string }) => name)).toEqual([
      'rapport.txt',
      'sha256sums.txt',
      'overforingsblad.pdf',
    ]);
    expect(readFileSync(join(vault.root, 'sig', 'rapport.txt'), 'latin1')).toMatch(
      /^OVERSATTA TECKEN: [\s\S]*$/,
    );
    const [{ id }]: Json = await mustSigill(['expedition', 'list', ...open]);
    const tell = (event: string): string[] => ['expedition', 'tell', id, ...open, '--as', event];
    expect(await faultOf(tell('received'))).toMatch(/passerat|avsändes/);
    for (const event of ['handed-over', 'sent', 'received', 'receipted']) {
      const told: Json = await mustSigill(tell(event));
      expect(told.state).toBe(event);
    }
    expect(await mustSigill(['expedition', 'list', ...open])).toEqual([]);
    expect(
      await faultOf(['expedition', 'number', id, ...open, '--kind', 'consignment', '--number', 'R1']),
    ).toMatch(/kuvert/);
  });
});

describe('the registrar in the terminal', () => {
  it('prints envelopes for a printer with its offset, and numbers the bag before and after', async () => {
    const both = unlocking(vault, 'open', 'protected');
    await mustSigill(['printer', 'set', 'Plan 2', ...both, '--right', '1,5', '--down', '-2']);
    expect(await mustSigill(['printer', 'list', ...open])).toEqual([
      { name: 'Plan 2', right: 1.5, down: -2 },
    ]);
    await mustSigill([
      'printer',
      'test',
      ...open,
      '--printer',
      'Plan 2',
      '--out',
      join(vault.root, 'prov.pdf'),
    ]);
    sent = await mustSigill(
      report(
        'brev',
        'kuvert',
        '--recipient',
        'cert-se',
        '--carriage',
        'rek',
        '--printer',
        'Plan 2',
        '--bag',
        'SP 1',
        '--address-reason',
        'Prov',
      ),
    );
    const [{ id }]: Json = await mustSigill(['expedition', 'list', ...open]);
    const number = ['expedition', 'number', id, ...open, '--kind', 'security-bag', '--number', 'SP 2'];
    expect(await faultOf(number)).toMatch(/varför/);
    const told: Json = await mustSigill([...number, '--reason', 'Påsen byttes']);
    expect(told.numbers).toMatchObject([{ number: 'SP 2', reason: 'Påsen byttes' }]);
    // Swedish time, in and out, whatever the machine is set to.
    const at = swedishTime(new Date());
    const { out } = await sigill([
      'expedition',
      'tell',
      id,
      ...open,
      '--as',
      'sent',
      '--at',
      at.replace(' ', 'T'),
    ]);
    expect(out).toContain(`  ${at}  avsänd (registrerat av `);
  });

  it('writes down a kvittens on paper, a diary number and a name on a list, and prints the register', async () => {
    await mustSigill(['register', 'diary', ...open, '--incident', incident, '--number', '2026-17']);
    const came: Json = await mustSigill([
      ...['register', 'incoming', ...open, '--incident', incident, '--kind', 'kvittens', '--from', 'CERT-SE'],
      ...['--level', 'oppen', '--answers', sent.number],
    ]);
    expect(came.designation).toMatch(/^2026-17\/Ö\d{3}$/);
    expect(came.incoming.answers).toBe(sent.number);
    expect(await mustSigill(['expedition', 'list', ...open])).toEqual([]);
    const list: Json = await mustSigill(['register', 'distribution', sent.number, ...open, '--add', 'Bo Ek']);
    expect(list).toMatchObject([{ position: 1, name: 'Bo Ek' }]);
    const struck: Json = await mustSigill([
      'register',
      'distribution',
      sent.number,
      ...open,
      '--strike',
      '1',
    ]);
    expect(struck[0].struckAt).not.toBeNull();
    expect(await faultOf(['register', 'distribution', '999', ...open])).toMatch(/finns inte/);
  });

  it('prints a list to a file through the gate, and never over another', async (context) => {
    const out = join(vault.root, 'register.pdf');
    const print = ['register', 'print', ...open, '--list', 'register', '--out', out, '--decision', 'Behövs'];
    await mustSigill(print);
    const text = textOfPages(context, readFileSync(out)).join(' ');
    expect(text).toContain('2026-17');
    expect(text).toContain('CERT-SE');
    expect(await faultOf(print)).toMatch(/finns redan/);
  });

  it('gives a list of the protected room a number that is said and followed, and one of the open room none', async (context) => {
    const secret = unlocking(vault, 'protected');
    const written = (name: string, room: readonly string[]): string[] => [
      ...['register', 'print', ...room, '--list', 'media', '--out', join(vault.root, name)],
      ...['--decision', 'Behövs', '--decided-by', 'Karin Ek'],
    ];
    const listed: Json = await mustSigill(written('medier.pdf', secret));
    expect(listed.number).toBe('Lista/001');
    expect(textOfPages(context, readFileSync(listed.path)).join(' ')).toMatch(
      /Lista\/001:1\/1[\s\S]*Exemplar 1 av 1/,
    );
    const { out } = await sigill(written('medier-2.pdf', secret));
    expect(out).toContain('Nummer i registret: Lista/002\n');
    const rows: Json = await mustSigill(['register', 'list', ...secret]);
    expect(rows).toMatchObject([
      { designation: 'Lista/001', incident: null, summary: 'Utskrift: Lagringsmedier' },
      { designation: 'Lista/002' },
    ]);
    const [{ copies }] = rows;
    const found = await sigill(['register', 'find', copies[0].code, ...secret]);
    expect(found.out).toContain('Lista/001:1/1');
    expect(((await mustSigill(written('medier-3.pdf', open))) as Json).number).toBeNull();
  });

  it('follows a medium from its label to its destruction', async () => {
    const medium: Json = await mustSigill(['medium', 'add', 'M-14', ...open, '--level', 'sekretess']);
    const tell = (...more: string[]): string[] => ['medium', 'tell', medium.code, ...open, ...more];
    await mustSigill(tell('--as', 'skrivet', '--what', sent.number));
    expect(await faultOf(tell('--as', 'forstort'))).toMatch(/Välj hur/);
    await mustSigill(tell('--as', 'forstort', '--how', 'skrotning'));
    const { out } = await sigill(['medium', 'list', ...open]);
    expect(out).toMatch(/M-14.*Förstört/);
  });

  it('sets what the room asks of decisions and inventories', async () => {
    const settings = ['register', 'settings', ...open];
    const now: Json = await mustSigill([...settings, '--two-persons', 'ja', '--inventory-months', '6']);
    expect(now).toMatchObject({ twoPersons: true, inventoryMonths: 6 });
    expect(await faultOf([...settings, '--inventory-months', '600'])).toMatch(/månader/);
    expect(await mustSigill([...settings, '--inventory-months', '0'])).toMatchObject({
      inventoryMonths: null,
    });
  });
});
