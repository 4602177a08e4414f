import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { FromCore } from '../../../shared/contract/messages.ts';
import type { FactId } from '../../../shared/domain/incident.ts';
import { verifyAudit } from '../audit.ts';
import { CoreWindow } from '../../testing/core-window.ts';
import { at, draftWith, importOne } from '../../testing/incidents.ts';
import { makeTestVault, PASSPHRASES, USER, type TestVault } from '../../testing/vault.ts';

vi.mock(import('../../vault/key-derivation.ts'), async (original) =>
  (await import('../../testing/remember-keys.ts')).rememberKeys(await original()),
);

/** Words that are klassade, and may not reach any sheet. */
const CANARY = /KANARIE/;
const HOUR_MS = 3_600_000;
const FORM = 'csl-upplysning';

let vault: TestVault;
let window: CoreWindow;
let incident = '';
const order = { form: FORM, version: 'open', openLevel: 'sekretess', draft: false };
const decision = { reason: 'NCSC har bekräftat per telefon.', decidedBy: null };
const refused = async (operation: string, request: unknown): Promise<string> => {
  const end: FromCore = await window.call(operation, request);
  return end.kind === 'error' ? `${end.error.kind}: ${end.error.message}` : end.kind;
};
const make = async (change: object = {}): Promise<string> => {
  const request = {
    incident,
    ...order,
    channel: 'cyberportalen',
    out: null,
    reserve: null,
    decision,
    ...change,
  };
  return ((await window.answer('reports.byPortal', request)) as { dispatch: string }).dispatch;
};
interface Sheet {
  rows: { field: string; label: string; text: string }[];
  places: { line: string }[];
}
const sheetOf = async (dispatch: string): Promise<Sheet> =>
  (await window.answer('reports.portalSheet', { dispatch })) as Sheet;
const writeAnswer = (field: string, codes: string[], change: object = {}): Promise<unknown> =>
  window.answer('incidents.writeAnswer', {
    incident,
    form: FORM,
    field,
    text: '',
    codes,
    level: 'oppen',
    basis: [],
    reason: null,
    ...change,
  });
const changed = async (): Promise<{ fields: string[] }[]> =>
  (await window.answer('reports.changedSinceSent', { incident: null })) as { fields: string[] }[];

beforeAll(async () => {
  vault = await makeTestVault('hemlig');
  const both = await vault.open(['open', 'protected']);
  const facts: Partial<Record<FactId, readonly [string, 'oppen' | 'sekretess' | 'hemlig']>> = {
    handelseforlopp: ['Servern slutade svara.', 'oppen'],
    'upptackt-hur': ['Larm', 'sekretess'],
    brottsmisstanke: ['KANARIEBROTT', 'hemlig'],
    omfattning: ['KANARIEOMFATTNING', 'hemlig'],
    'paverkan-samhallsviktig': ['Handläggningen stod still.', 'oppen'],
    konsekvenser: ['Förseningar', 'oppen'],
  };
  const aware = new Date(Date.now() - HOUR_MS).toISOString();
  incident = importOne(both, {
    ...draftWith(facts),
    regimes: ['CSL'],
    times: (['aware', 'detected'] as const).map((id) => ({
      id,
      at: aware,
      precision: 'exact' as const,
      marking: at('oppen'),
    })),
  });
  both.close();
  window = new CoreWindow();
  for (const room of ['open', 'protected'] as const) {
    await window.answer('vault.unlock', {
      folder: vault.folder,
      room,
      userName: USER,
      passphrase: PASSPHRASES[room],
    });
  }
  await window
    .answer('settings.setOrganisation', {
      organisation: {
        name: 'Provkommunen',
        kind: 'kommun',
        number: '212000-0000',
        contact: 'Vakten',
        phone: '010-1',
        hours: null,
        address: [],
        email: null,
      },
    })
    .catch(() => undefined);
});
afterAll(async () => {
  await window.host.lock('slut');
  const again = await vault.open(['open', 'protected']);
  expect(verifyAudit(again).flatMap(({ faults }) => faults)).toEqual([]);
  again.close();
  vault.remove();
});

describe('an answer of a form', () => {
  it('is refused where it does not fit its field, and where the form has no such field', async () => {
    const wrong = {
      incident,
      form: FORM,
      field: 'pagar',
      text: 'ja',
      codes: [],
      level: 'oppen',
      basis: [],
      reason: null,
    };
    expect(await refused('incidents.writeAnswer', wrong)).toMatch(/Välj ett svar/);
    expect(await refused('incidents.writeAnswer', { ...wrong, codes: ['kanske'] })).toMatch(
      /inte i fältets kodlista/,
    );
    expect(await refused('incidents.writeAnswer', { ...wrong, field: 'handelseforlopp' })).toMatch(
      /inget eget fält/,
    );
    const key = { ...wrong, form: 'signalskyddsincident-anmalan', field: 'nyckel', text: 'N-1' };
    expect(await refused('incidents.writeAnswer', key)).toMatch(/^policy: .*skyddade rummet/);
  });

  it('is asked for, and is there when it is written; it is raised and has a history like a fact', async () => {
    expect(
      await refused('reports.byPortal', {
        incident,
        ...order,
        channel: 'cyberportalen',
        out: null,
        reserve: null,
        decision,
      }),
    ).toMatch(/obligatoriska uppgifter saknas/);
    await writeAnswer('pagar', ['ja']);
    const item = { incident, kind: 'answer', key: `${FORM}/pagar` };
    await window.answer('incidents.raise', {
      item,
      level: 'sekretess',
      basis: ['18 kap. 8 § OSL'],
      reason: null,
    });
    const history = (await window.answer('incidents.history', { item })) as { change: string }[];
    expect(history.map(({ change }) => change)).toEqual(['created', 'raised']);
  });
});

describe('copying mode', () => {
  it('asks the gate, and takes no full version', async () => {
    const request = {
      incident,
      ...order,
      channel: 'cyberportalen',
      out: null,
      reserve: null,
      decision: null,
    };
    expect(await refused('reports.byPortal', request)).toMatch(/^policy: Kräver beslut/);
    expect(await refused('reports.byPortal', { ...request, version: 'full', openLevel: null })).toMatch(
      /aldrig en fullständig/,
    );
    expect(await refused('reports.byPortal', { ...request, channel: 'portal' })).toMatch(
      /inte i den portalen/,
    );
    const high = { ...request, openLevel: 'hemlig', decision };
    expect(await refused('reports.byPortal', high)).toMatch(/^policy: Avvisat/);
  });

  it('holds the fields in their order and nothing that is klassat, not even that something is left out', async () => {
    const { rows, places } = await sheetOf(await make());
    expect(rows.slice(0, 3).map(({ label }) => label)).toEqual([
      'Organisationsnamn',
      'Organisationsnummer',
      'Kontaktuppgifter',
    ]);
    expect(JSON.stringify(rows)).not.toMatch(CANARY);
    expect(JSON.stringify(rows)).not.toMatch(/utelämnats/);
    expect(rows.find(({ field }) => field === 'antagonistisk')?.text).toBe('');
    expect(rows.find(({ field }) => field === 'paverkan')?.text).toMatch(/Handläggningen stod still/);
    expect(rows.find(({ field }) => field === 'pagar')?.text).toBe('Ja');
    expect(places.map(({ line }) => line)).toEqual(['https://cyberportal.ncsc.se']);
  });

  it('is also files to carry, with the cover of the reserve procedure', async () => {
    const out = join(vault.root, 'blad');
    await make({ out, reserve: { reason: 'driftstörning', limit: '2026-11-26 08:00' } });
    expect(readdirSync(out).sort()).toEqual(['kopieringsblad.txt', 'rapport.json', 'rapport.pdf']);
    const text = readFileSync(join(out, 'kopieringsblad.txt'), 'utf8');
    expect(text).toContain(
      'Inlämnad enligt reservförfarande. Orsak: driftstörning. Fristen 2026-11-26 08:00 löper oförändrat.',
    );
    expect(text).toMatch(/\n\d+\. Händelseförlopp \*\nServern slutade svara\./);
    expect(text + readFileSync(join(out, 'rapport.json'), 'utf8')).not.toMatch(CANARY);
  });

  it('keeps what the portal gave back, and the step is done', async () => {
    const dispatch = await make();
    await window.answer('reports.portalDone', {
      dispatch,
      at: new Date(Date.now() + 60_000 - 60_000).toISOString(),
      reference: 'CP-77',
      receipt: 'K-1',
      step: { regime: 'CSL', step: 'upplysning' },
    });
    const [newest] = (await window.answer('reports.dispatches', { incident })) as {
      state: string;
      way: string;
      events: { note: string }[];
    }[];
    expect(newest).toMatchObject({ state: 'receipted', way: 'portal' });
    expect(newest?.events.map(({ note }) => note)).toEqual(['Incident-ID CP-77', 'Kvittens K-1']);
    const { deadlines } = (await window.answer('deadlines.ofIncident', { incident })) as {
      deadlines: { step: { id: string }; state: string }[];
    };
    expect(deadlines.find(({ step }) => step.id === 'upplysning')?.state).toBe('done');
    expect(await changed()).toEqual([]);
  });

  it('answers the next report with the id, until somebody writes another there', async () => {
    const earlierId = async (): Promise<string | undefined> => {
      const { document } = (await window.answer('reports.build', {
        incident,
        form: 'csl-incidentanmalan',
        version: 'open',
        openLevel: 'sekretess',
        draft: true,
      })) as {
        document: { sections: { fields: { id: string; parts: { text: string }[] }[] }[] };
      };
      const fields = document.sections.flatMap((section) => section.fields);
      return fields
        .find(({ id }) => id === 'tidigare-id')
        ?.parts.map(({ text }) => text)
        .join(' och ');
    };
    expect(await earlierId()).toBe('CP-77');
    const answer = { incident, form: 'csl-incidentanmalan', field: 'tidigare-id', text: 'CP-78', codes: [] };
    await window.answer('incidents.writeAnswer', { ...answer, level: 'oppen', basis: [], reason: null });
    expect(await earlierId()).toBe('CP-78');
    expect(await changed()).toEqual([]);
  });
});

describe('a supplement', () => {
  it('is called for when a sent fact has changed, and says what, before and now, and to which report', async () => {
    const before = await window.answer('reports.build', { incident, ...order, draft: true });
    await window.answer('incidents.write', {
      item: { incident, kind: 'fact', key: 'konsekvenser' },
      text: 'Två veckors förseningar',
      codes: [],
      level: 'oppen',
      basis: [],
      reason: null,
    });
    expect((await changed()).map(({ fields }) => fields)).toEqual([
      ['Konsekvenser eller riskerade konsekvenser'],
    ]);
    const { document } = (await window.answer('reports.build', {
      incident,
      ...order,
      draft: true,
      supplement: true,
    })) as {
      document: {
        sections: { id: string; fields: { id: string; parts: { label: string; text: string }[] }[] }[];
      };
    };
    const [first, ...rest] = document.sections;
    expect(first?.id).toBe('komplettering');
    expect(first?.fields[0]?.parts[0]?.text).toMatch(
      /^Komplettering\/korrigering till rapport Incident-ID CP-77, .*: ändrade uppgifter om Konsekvenser/,
    );
    expect(first?.fields[1]?.parts.map(({ label, text }) => [label, text])).toEqual([
      ['Tidigare', 'Förseningar'],
      ['Nu', 'Två veckors förseningar'],
    ]);
    expect(rest.map(({ id }) => id)).toEqual(
      (before as { document: { sections: { id: string }[] } }).document.sections.map(({ id }) => id),
    );
    expect(JSON.stringify(document)).not.toMatch(CANARY);
  });

  it('is refused where nothing has been sent', async () => {
    const request = { incident, ...order, form: 'csl-slutrapport', draft: true, supplement: true };
    expect(await refused('reports.build', request)).toMatch(/inget att komplettera/);
  });

  it('does not tell again what has been raised since it was sent', async () => {
    await window.answer('incidents.raise', {
      item: { incident, kind: 'fact', key: 'konsekvenser' },
      level: 'hemlig',
      basis: ['15 kap. 2 § OSL'],
      reason: null,
    });
    const built = await window.answer('reports.build', { incident, ...order, draft: true, supplement: true });
    expect(JSON.stringify(built)).not.toMatch(/örseningar/);
  });
});
