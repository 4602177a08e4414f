import { readFileSync } from 'node:fs';
import type { Incident, IncidentId } from '../../shared/domain/incident.ts';
import { makeMarking, type Level, type Marking } from '../../shared/domain/marking.ts';
import type { Organisation } from '../../shared/domain/report.ts';
import type { CodeList, Form } from '../../shared/domain/rules.ts';
import type { ReportRequest } from './build.ts';

/** Incidents, forms and an organisation for the tests of this folder. */
export const ORGANISATION: Organisation = {
  name: 'Exempelmyndigheten',
  kind: 'statlig-myndighet',
  number: '202100-0001',
  contact: 'Tjänsteman i beredskap',
  phone: '010-123 45 67',
  hours: 'Dygnet runt',
  address: ['Exempelmyndigheten', 'Box 1', '123 45 Exempelstad'],
  email: null,
};

interface CaseFile {
  readonly exercise?: boolean;
  readonly organisationKind: Incident['organisationKind'];
  readonly regimes: string[];
  readonly title: Marked;
  readonly times: Record<string, { at: string; precision: string } & Partial<Marked>>;
  readonly facts: (Marked & { id: string; codes?: string[] })[];
  readonly log: (Marked & { at: string; kind: string; by?: string })[];
}
interface Marked {
  readonly text: string;
  readonly marking: Level;
  readonly basis?: string[];
}

function markingOf(piece: Partial<Marked> & { marking?: Level }): Marking {
  const level = piece.marking ?? 'oppen';
  // The times of the exercise carry a class without a provision of their own.
  return makeMarking(level, piece.basis ?? (level === 'oppen' ? [] : ['15 kap. 2 § OSL']));
}

/** Reads one of `demo/cases/`, leniently: the strict reader is the import's. */
export function readCase(name: string): Incident {
  const path = new URL(`../../demo/cases/${name}.json`, import.meta.url);
  const file = JSON.parse(readFileSync(path, 'utf8')) as CaseFile;
  return {
    id: 'K7M2-9QXA-4D1F' as IncidentId,
    organisationKind: file.organisationKind,
    regimes: file.regimes,
    exercise: file.exercise ?? false,
    state: 'active',
    createdAt: '2026-11-22T08:00:00Z',
    title: { text: file.title.text, marking: markingOf(file.title) },
    times: Object.entries(file.times).map(
      ([id, time]) =>
        ({
          id,
          at: time.at,
          precision: time.precision,
          marking: markingOf(time),
        }) as Incident['times'][number],
    ),
    facts: file.facts.map(
      (fact) =>
        ({
          id: fact.id,
          text: fact.text,
          codes: fact.codes ?? [],
          marking: markingOf(fact),
        }) as Incident['facts'][number],
    ),
    answers: [],
    log: file.log.map(
      (entry, index) =>
        ({
          key: `logg${index + 1}`,
          number: index + 1,
          at: entry.at,
          kind: entry.kind,
          text: entry.text,
          by: entry.by ?? null,
          marking: markingOf(entry),
        }) as Incident['log'][number],
    ),
    hasProtectedPart: false,
    protectedPartHidden: false,
  };
}

const RULE = {
  validFrom: null,
  validTo: null,
  confidence: 'unconfirmed' as const,
  sources: [{ reference: 'Provformulär', checked: '2026-11-22' }],
} satisfies Partial<Form>;

/** Asks for every kind of source there is, and for every fact that a public case has. */
export const REPORT_FORM: Form = {
  ...RULE,
  id: 'prov-slutrapport',
  kind: 'form',
  name: 'Slutrapport om it-incident',
  note: 'Jämför med mottagarens eget formulär före sändning.',
  version: '2026-11',
  regimes: ['PROV'],
  audience: 'document',
  channels: ['signalskydd'],
  recipients: [],
  introduction: 'Rapporten lämnas enligt 14 § förordningen (2022:524) om statliga myndigheters beredskap.',
  sections: [
    {
      id: 'avsandare',
      title: 'Avsändare',
      fields: [
        {
          id: 'myndighet',
          label: 'Rapporterande myndighet',
          required: true,
          sources: [
            { from: 'organisation', value: 'name' },
            { from: 'organisation', value: 'number' },
          ],
        },
        {
          id: 'kontakt',
          label: 'Kontaktfunktion och bemanningstider',
          required: true,
          sources: [
            { from: 'organisation', value: 'contact' },
            { from: 'organisation', value: 'phone' },
            { from: 'organisation', value: 'hours' },
          ],
        },
        {
          id: 'adress',
          label: 'Postadress',
          required: false,
          sources: [{ from: 'organisation', value: 'address' }],
        },
        {
          id: 'arendenummer',
          label: 'CERT-SE:s ärendenummer',
          help: 'Lämnas av CERT-SE vid notifieringen.',
          required: false,
          sources: [{ from: 'blank' }],
        },
        {
          id: 'regelverk',
          label: 'Regelverk',
          required: false,
          sources: [{ from: 'incident', value: 'regimes' }],
        },
        { id: 'lage', label: 'Läge', required: true, sources: [{ from: 'incident', value: 'state' }] },
      ],
    },
    {
      id: 'handelse',
      title: 'Händelsen',
      fields: [
        { id: 'rubrik', label: 'Rubrik', required: true, sources: [{ from: 'title' }] },
        {
          id: 'tider',
          label: 'När inträffade och upptäcktes incidenten?',
          required: true,
          sources: [
            { from: 'time', time: 'occurred' },
            { from: 'time', time: 'detected' },
            { from: 'time', time: 'aware' },
            { from: 'time', time: 'restored' },
          ],
        },
        {
          id: 'hur',
          label: 'Hur upptäcktes incidenten?',
          required: true,
          sources: [{ from: 'fact', fact: 'upptackt-hur' }],
        },
        {
          id: 'forlopp',
          label: 'Beskrivning av händelseförloppet',
          required: true,
          sources: [
            { from: 'fact', fact: 'handelse' },
            { from: 'fact', fact: 'handelseforlopp' },
          ],
        },
        {
          id: 'kategori',
          label: 'Kategori',
          required: true,
          sources: [{ from: 'fact', fact: 'kategorier' }],
          codeList: 'prov-kategorier',
        },
        {
          id: 'system',
          label: 'Berörda system',
          required: true,
          sources: [{ from: 'fact', fact: 'system' }],
        },
        {
          id: 'omfattning',
          label: 'Omfattning',
          required: true,
          sources: [{ from: 'fact', fact: 'omfattning' }],
        },
        {
          id: 'konsekvenser',
          label: 'Konsekvenser',
          required: true,
          sources: [
            { from: 'fact', fact: 'konsekvenser' },
            { from: 'fact', fact: 'paverkan-samhallsviktig' },
          ],
        },
        { id: 'kostnad', label: 'Kostnad', required: false, sources: [{ from: 'fact', fact: 'kostnad' }] },
        {
          id: 'atgarder',
          label: 'Vidtagna och planerade åtgärder',
          required: true,
          sources: [
            { from: 'fact', fact: 'atgarder-vidtagna' },
            { from: 'fact', fact: 'atgarder-planerade' },
            { from: 'fact', fact: 'kvarstaende-risker' },
          ],
        },
        {
          id: 'brott',
          label: 'Brottsmisstanke och polisanmälan',
          required: true,
          sources: [
            { from: 'fact', fact: 'brottsmisstanke' },
            { from: 'fact', fact: 'polisanmalan' },
          ],
        },
      ],
    },
    {
      id: 'logg',
      title: 'Händelselogg',
      fields: [{ id: 'logg', label: 'Kronologi', required: false, sources: [{ from: 'log' }] }],
    },
  ],
};

/** The five questions of the call to CERT-SE. */
export const CALL_FORM: Form = {
  ...RULE,
  id: 'prov-samtal',
  kind: 'form',
  name: 'Samtal till CERT-SE',
  version: '2026-11',
  regimes: ['PROV'],
  audience: 'open-line',
  channels: ['telefon'],
  recipients: [],
  introduction: 'Samtalet sker på öppen telefonlinje. Säg inget utöver det som står här.',
  withheldText: 'Jag kan inte lämna fler uppgifter på öppen telefonlinje.',
  sections: [
    {
      id: 'fragor',
      title: 'Frågorna',
      fields: [
        {
          id: 'vad',
          label: 'Vad har hänt?',
          required: true,
          sources: [
            { from: 'fact', fact: 'handelse' },
            { from: 'fact', fact: 'system' },
            { from: 'fact', fact: 'handelseforlopp' },
          ],
        },
        {
          id: 'hur-och-nar',
          label: 'Hur och när upptäcktes problemet?',
          required: true,
          sources: [
            { from: 'time', time: 'detected' },
            { from: 'fact', fact: 'upptackt-hur' },
          ],
        },
        {
          id: 'parter',
          label: 'Vilka parter är inblandade i incidenthanteringen?',
          required: true,
          sources: [{ from: 'fact', fact: 'parter' }],
        },
        {
          id: 'brott',
          label: 'Finns det en brottsmisstanke och har en polisanmälan upprättats?',
          required: true,
          sources: [
            { from: 'fact', fact: 'brottsmisstanke' },
            { from: 'fact', fact: 'polisanmalan' },
          ],
        },
        {
          id: 'stod',
          label: 'Behov av stöd från CERT-SE och kontaktvägar för detta?',
          required: true,
          sources: [
            { from: 'fact', fact: 'stodbehov' },
            { from: 'organisation', value: 'phone' },
          ],
        },
        {
          id: 'samtal',
          label: 'Mottagarens namn och ärendenummer',
          help: 'Skriv under samtalet.',
          required: false,
          sources: [{ from: 'blank' }],
        },
      ],
    },
  ],
};

const CODE_LISTS: ReadonlyMap<string, CodeList> = new Map([
  [
    'prov-kategorier',
    {
      ...RULE,
      id: 'prov-kategorier',
      kind: 'codelist',
      name: 'Kategorier',
      codes: [
        { code: 'angrepp', name: 'Angrepp' },
        { code: 'hindrad tillgång till information', name: 'Hindrad tillgång till information' },
      ],
    } satisfies CodeList,
  ],
]);

/** A final full report of the incident on the report form, unless told otherwise. */
export function request(incident: Incident, changes: Partial<ReportRequest> = {}): ReportRequest {
  return {
    form: REPORT_FORM,
    incident,
    organisation: ORGANISATION,
    version: 'full',
    author: 'Anna Exempel',
    createdAt: '2026-11-22T19:11:00.000Z',
    draft: false,
    codeLists: CODE_LISTS,
    sensitiveRegimes: new Set(['SAK']),
    ...changes,
  };
}
