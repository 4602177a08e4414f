import ICAL from 'ical.js';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { casePath, makeTestVault, type TestVault } from '../../../testing/vault.ts';
import { mustSigill, refused, sigill, unlocking } from '../testing/run.ts';

let vault: TestVault;
let id: string;
let both: string[];
beforeAll(async () => {
  vault = await makeTestVault();
  both = [...unlocking(vault, 'open', 'protected')];
  [{ incident: id }] = await mustSigill(['incident', 'import', ...both, casePath('servicecenter-2024')]);
});
afterAll(() => vault.remove());

it('takes what the organisation answers, names its supervisors by both acts, and counts by it', async () => {
  await mustSigill([
    ...['duties', ...both, '--county', 'kalmar', '--sector', 'offentlig-forvaltning'],
    ...['--security-group', 'kommuner-regioner-ovriga', '--target', 'POLIS/anmalan=12'],
    ...['--start', 'STAT-2020/slutrapport=identified'],
  ]);
  const { settings, supervisors } = await mustSigill(['duties', ...both]);
  expect(settings).toMatchObject({ county: 'kalmar', targets: { 'POLIS/anmalan': 12 } });
  expect(supervisors.map((one: { authority: { name: string } }) => one.authority.name)).toEqual([
    'Länsstyrelsen i Östergötlands län',
    'Länsstyrelsen i Skåne län',
  ]);
  const { out } = await sigill(['duties', ...both]);
  expect(out).toMatch(/^Länsstyrelsen i Skåne län, enligt säkerhetsskyddsförordningen: .* \[lagtext\]$/m);
  expect(out).toMatch(/^Länsstyrelsen i Östergötlands län, enligt cybersäkerhetslagen: .* \[obekräftad\]$/m);
  const open = await mustSigill(['duties', ...unlocking(vault, 'open')]);
  expect(open.settings).toMatchObject({ county: 'kalmar', securityGroup: null });
  const shown = await sigill(['deadlines', ...both, '--incident', id]);
  expect(shown.out).toMatch(/Eget mål: .*Organisationens eget mål, inte en rättsregel\./);
  expect(shown.out).toContain('Nästa steg: ring CERT-SE');
  expect(shown.out).toContain('MSBFS 2020:8 om rapportering');
  const { deadlines } = await mustSigill(['deadlines', ...both, '--incident', id]);
  const report = deadlines.find(
    (one: { regime: { id: string }; step: { id: string } }) =>
      one.regime.id === 'STAT-2020' && one.step.id === 'slutrapport',
  );
  expect(report.start.event).toBe('identified');
  expect(await refused(['duties', ...both, '--sector', 'bagerier'])).toMatchObject({
    code: 2,
    kind: 'usage',
  });
  expect(await refused(['duties', ...unlocking(vault, 'open'), '--county', 'skane'])).toMatchObject({
    kind: 'unlock',
  });
});

it('records a step, and writes what is left to a calendar file', async () => {
  const step = ['step', ...both, '--incident', id, '--regime', 'STAT-2020', '--step', 'notifiering'];
  expect(await refused([...step, '--event', 'not-applicable'])).toMatchObject({ code: 2 });
  const done = await mustSigill([...step, '--event', 'done', '--note', 'ringt']);
  expect(done).toMatchObject({ state: 'done', event: { note: 'ringt' } });

  const ics = join(vault.root, 'frister.ics');
  const written = await mustSigill(['deadlines', ...both, '--incident', id, '--ics', ics]);
  const text = readFileSync(ics, 'utf8');
  const events = new ICAL.Component(ICAL.parse(text) as unknown[])
    .getAllSubcomponents('vevent')
    .map((one) => new ICAL.Event(one));
  expect(events).toHaveLength(written.events);
  expect(events.map(({ summary }) => summary)).toContain(`Frist: ${id}`);
  expect(text).not.toMatch(/STAT|GDPR/);
  expect(await refused(['deadlines', ...both, '--incident', id, '--ics', ics])).toMatchObject({ code: 2 });
  const named = join(vault.root, 'namngivna.ics');
  await mustSigill([
    'deadlines',
    ...both,
    '--incident',
    id,
    '--ics',
    named,
    '--decision',
    'Vakten läser den',
  ]);
  expect(readFileSync(named, 'utf8')).toContain('GDPR');
});

it('takes note of what a recipient has answered, and which key is for an address', async () => {
  const address = ['--recipient', 'cert-se', '--address', 'rek-solna'];
  expect((await sigill(['recipient', 'list', ...both])).out).toContain('cert-se rek-solna: HISTORISK');
  const checked = await mustSigill([
    ...['recipient', 'check', ...both, ...address, '--outcome', 'confirmed'],
    ...['--by', 'Anna', '--how', 'telefon 010-240 40 40'],
  ]);
  expect(checked).toMatchObject({ status: 'confirmed', check: { checkedBy: 'Anna' } });
  expect((await sigill(['recipient', 'list', ...both])).out).toMatch(
    /cert-se rek-solna: bekräftad\n.*\n {2}Adress verifierad .* av Anna: telefon/,
  );
  const bind = [
    'recipient',
    'bind',
    ...both,
    '--recipient',
    'cert-se',
    '--address',
    'epost',
    '--reason',
    'telefon',
  ];
  expect(await refused([...bind, '--fingerprint', 'A'.repeat(40)])).toMatchObject({ code: 2 });
  expect(await mustSigill(bind)).toMatchObject({ fingerprint: null });
});
