import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, describe, expect, it } from 'vitest';
import { SigillError } from '../../shared/domain/error.ts';
import { loadRulePack } from './load.ts';

const shippedFolder = fileURLToPath(new URL('../../assets/rules', import.meta.url));

describe('a faulty pack', () => {
  const folders: string[] = [];
  afterEach(() => folders.splice(0).forEach((folder) => rmSync(folder, { recursive: true })));

  function copyOfShipped(): string {
    const folder = mkdtempSync(join(tmpdir(), 'sigill-rules-'));
    folders.push(folder);
    cpSync(shippedFolder, folder, { recursive: true });
    return folder;
  }

  function edit(folder: string, file: string, change: (text: string) => string, from = file): void {
    writeFileSync(join(folder, file), change(readFileSync(join(folder, from), 'utf8')));
  }

  /** The faults of the shipped pack with one file changed, or added, as text. */
  function faultsAfter(file: string, change: (text: string) => string, from = file): readonly string[] {
    const folder = copyOfShipped();
    edit(folder, file, change, from);
    return faultsOf(folder);
  }

  function faultsOf(folder: string): readonly string[] {
    try {
      loadRulePack(folder);
    } catch (error) {
      if (!(error instanceof SigillError)) throw error;
      expect(error.kind).toBe('usage');
      expect(error.message).toMatch(/^Regelpaketet /);
      return error.faults;
    }
    throw new Error('the pack was accepted');
  }

  /** Replaces a text that must be there. */
  function swap(old: string, fresh: string): (text: string) => string {
    return (text) => {
      expect(text).toContain(old);
      return text.replace(old, fresh);
    };
  }

  function editTable(edit: (classes: Record<string, Record<string, unknown>[]>) => void) {
    return (text: string): string => {
      const table = JSON.parse(text) as { classes: { id: string; answers: Record<string, unknown>[] }[] };
      const answers = Object.fromEntries(table.classes.map((entry) => [entry.id, entry.answers]));
      edit(answers);
      for (const entry of table.classes) entry.answers = answers[entry.id] ?? [];
      return JSON.stringify(table);
    };
  }

  it('is otherwise accepted: the copy itself loads', () => {
    expect(loadRulePack(copyOfShipped()).regimes.size).toBe(loadRulePack().regimes.size);
  });

  it.each([
    ['an unknown key', 'regimes/sak.json', '"steps"', '"extra": 1, "steps"', ['okänd nyckel: "extra".']],
    ['a missing key', 'regimes/sak.json', '"sensitive": true,', '', ['sensitive: saknas.']],
    [
      'a wrong word',
      'regimes/gdpr.json',
      '"unit": "hour"',
      '"unit": "day"',
      ['steps[0].limit.unit: ska vara ett av "hour", "week", "month".'],
    ],
    [
      'a day that does not exist',
      'regimes/csl.json',
      '2026-07-01',
      '2026-02-30',
      ['validFrom: ska vara ett datum (ÅÅÅÅ-MM-DD).'],
    ],
    [
      'an override for those the regime is not for',
      'regimes/csl.json',
      '"when": { "organisationKind": "betrodd-tjanst" }',
      '"when": { "organisationKind": "frivillig" }',
      ['steget incidentanmalan: overrides gäller frivillig, som regelverket inte är till för.'],
    ],
    [
      'an own aim where the law has a limit',
      'regimes/gdpr.json',
      '"asksReasonWhenLate": {',
      '"ownTarget": { "hours": 6, "note": "x" }, "asksReasonWhenLate": {',
      ['steget anmalan: ownTarget står vid ett steg som har en frist, eller ingen start.'],
    ],
    [
      'a choice that is none',
      'regimes/stat-2020.json',
      '"start": "submitted:notifiering",',
      '"start": "identified",',
      ['steget slutrapport: startOptions upprepar starthändelsen.'],
    ],
    [
      'a time that runs anew from a step that is not there',
      'regimes/dora.json',
      '"restartedBy": "uppdaterad-delrapport"',
      '"restartedBy": "delrapport"',
      ['steget final: restartedBy är steget "delrapport", som inte står före det.'],
    ],
    [
      'the same duty in a step that is not there',
      'regimes/stat-2026.json',
      '"step": "notifiering"',
      '"step": "anmalan"',
      ['steget varning: sameDutyAs: STAT-2020 har inget steg "anmalan".'],
    ],
    [
      'a county that is missing, and one that is there twice',
      'supervision/csl.json',
      '{ "county": "skane"',
      '{ "county": "kalmar"',
      ['counties: "kalmar" finns två gånger.', 'counties: länet "skane" saknas.'],
    ],
    [
      'an authority that is not in its table',
      'supervision/ssf.json',
      '{ "id": "fmv",',
      '{ "id": "fmw",',
      ['gruppen forsvarsmateriel: myndigheten "fmv" finns inte i tabellen.'],
    ],
    [
      'a recipient that is told as well and is not there',
      'supervision/ssf.json',
      '"alsoReportTo": ["forsvarsmakten"]',
      '"alsoReportTo": ["flottan"]',
      ['gruppen forsvarsmakten: mottagaren "flottan" finns inte i regelpaketet.'],
    ],
    [
      'an inverted validity',
      'regimes/stat-2020.json',
      '"2026-06-30"',
      '"2019-06-30"',
      ['giltigheten är omvänd: från 2020-10-01 till 2019-06-30.'],
    ],
    [
      'a dead code list',
      'forms/msb-slutrapport.json',
      'MSB-ORSAK',
      'MSB-2019',
      ['fältet orsak: kodlistan "MSB-2019" finns inte i regelpaketet.'],
    ],
    [
      'a dead recipient',
      'regimes/polis.json',
      '"polisen"',
      '"sheriffen"',
      ['steget anmalan: mottagaren "sheriffen" finns inte i regelpaketet.'],
    ],
    [
      'a step that waits for none',
      'regimes/friv.json',
      'submitted:notifiering',
      'submitted:anmalan',
      ['steget slutrapport: väntar på steget "anmalan", som inte står före det.'],
    ],
    [
      'a limit from nowhere',
      'regimes/gdpr.json',
      '"start": "aware"',
      '"start": "none"',
      ['steget anmalan: fristen har ingen starthändelse.'],
    ],
    [
      'a step in place of one that is not there',
      'regimes/csl.json',
      '"insteadOf": "slutrapport"',
      '"insteadOf": "slutraport"',
      ['steget lagesrapport: insteadOf är steget "slutraport", som inte står före det.'],
    ],
    [
      'söndagsregeln for hours',
      'regimes/gdpr.json',
      '"workdayRule": "none"',
      '"workdayRule": "SFS1930:173"',
      ['steget anmalan: söndagsregeln gäller inte frister i timmar.'],
    ],
    [
      'an earlier limit beside one in months',
      'regimes/dora.json',
      '{ "amount": 4, "unit": "hour" }',
      '{ "amount": 4, "unit": "month" }',
      ['steget initial: noLaterThan går bara ihop med en frist i timmar.'],
    ],
    [
      'a hole in the holidays',
      'holidays/svenska-helgdagar.json',
      '"2031-12-24"',
      '"2030-12-30"',
      [
        'Julafton: har fler än ett datum år 2030.',
        'Julafton: saknas för år 2031.',
        'Julafton: 2030-12-30 är fel dag: år 2030 är det 2030-12-24.',
      ],
    ],
  ])('is refused for %s', (_name, file, old, fresh, expected) => {
    expect(faultsAfter(file, swap(old, fresh))).toEqual(expected.map((fault) => `${file}: ${fault}`));
  });

  it('is refused without holidays, and with two lists of them', () => {
    const folder = copyOfShipped();
    rmSync(join(folder, 'holidays'), { recursive: true });
    expect(faultsOf(folder)).toEqual(['Helgdagarna saknas.']);
    const second = swap('"id": "svenska-helgdagar"', '"id": "andra"');
    expect(faultsAfter('holidays/b.json', second, 'holidays/svenska-helgdagar.json')).toEqual([
      'holidays/b.json, holidays/svenska-helgdagar.json: det får bara finnas en lista över helgdagar.',
    ]);
  });

  it('is refused for two tables of supervision for one act, which are not versions of one', () => {
    const [file, second] = ['supervision/csl.json', 'supervision/b.json'];
    expect(faultsAfter(second, swap('"id": "TILLSYN-CSL"', '"id": "ANDRA"'), file)).toEqual([
      `${second}, supervision/csl-fore-juli-2026.json, ${file}: det får bara finnas en tillsynstabell för CSL.`,
    ]);
  });

  it('is refused for an uncertain rule without a note', () => {
    const withoutNote = (text: string): string =>
      JSON.stringify({ ...(JSON.parse(text) as object), note: undefined });
    expect(faultsAfter('recipients/forsvarsmakten.json', withoutNote)).toEqual([
      'recipients/forsvarsmakten.json: "note" saknas, och tillförlitligheten är unconfirmed.',
    ]);
  });

  it('is refused for a reference to what is never in force at the same time', () => {
    const folder = copyOfShipped();
    edit(folder, 'recipients/finansinspektionen.json', swap('"validTo": null', '"validTo": "2025-12-31"'));
    edit(folder, 'regimes/dora.json', swap('"validFrom": null', '"validFrom": "2026-01-01"'));
    expect(faultsOf(folder)).toEqual(
      ['initial', 'intermediate', 'uppdaterad-delrapport', 'final', 'omklassning'].map(
        (step) =>
          `regimes/dora.json: steget ${step}: mottagaren "finansinspektionen" gäller aldrig samtidigt.`,
      ),
    );
  });

  it('is refused for a broken form without calling the references to it dead', () => {
    expect(faultsAfter('forms/msb-slutrapport.json', swap('"document"', '"paper"'))).toEqual([
      'forms/msb-slutrapport.json: audience: ska vara ett av "document", "open-line".',
    ]);
  });

  it('is refused for a dead form, from both ends', () => {
    expect(faultsAfter('regimes/sak.json', swap('"sakerhetspolisen-anmalan"', '"anmalan-saknas"'))).toEqual([
      'forms/sakerhetspolisen-anmalan.json: regimes: inget steg i SAK använder formuläret.',
      'regimes/sak.json: steget anmalan: formuläret "anmalan-saknas" finns inte i regelpaketet.',
    ]);
  });

  it('is refused for a duplicate id', () => {
    expect(faultsAfter('regimes/sak-kopia.json', (text) => text, 'regimes/sak.json')).toEqual([
      'regimes/sak.json: id "SAK" finns redan i regimes/sak-kopia.json.',
    ]);
  });

  it('is refused for the same address twice with overlapping validity', () => {
    const twice = (first: string | null, second: string | null) => (text: string) => {
      const recipient = JSON.parse(text) as { addresses: Record<string, unknown>[] };
      const [address] = recipient.addresses;
      recipient.addresses = [
        { ...address, id: 'gammal', validTo: first },
        { ...address, id: 'ny', validFrom: second },
      ];
      return JSON.stringify(recipient);
    };
    expect(faultsAfter('recipients/imy.json', twice('2026-12-31', '2026-06-01'))).toEqual([
      'recipients/imy.json: adressen ny: samma adress som gammal, och giltigheterna överlappar.',
    ]);
    const folder = copyOfShipped();
    edit(folder, 'recipients/imy.json', twice('2026-05-31', '2026-06-01'));
    expect(loadRulePack(folder).recipients.get('imy')?.addresses).toHaveLength(2);
  });

  const table = 'channels/kanaltabell.json';
  it('is refused for a channel that a class does not answer, or answers twice', () => {
    const faults = faultsAfter(
      table,
      editTable((classes) => {
        classes.oppen = classes.oppen?.filter((answer) => answer.channel !== 'rek') ?? [];
        classes.K?.push({ ...classes.K[0] });
      }),
    );
    expect(faults).toEqual([
      `${table}: innehållsklassen oppen: kanalen rek besvaras inte.`,
      `${table}: innehållsklassen K: kanalen telefon besvaras 2 gånger.`,
    ]);
  });

  it.each(['telefon', 'epost-okrypterad', 'epost', 'kurir', 'cyberportalen', 'portal'])(
    'is refused for opening %s to a security class, whatever the rest of it says',
    (channel) => {
      const answerFor =
        (answer: object) =>
        (classes: Record<string, Record<string, unknown>[]>): void => {
          const cells = classes.BH ?? [];
          const index = cells.findIndex((cell) => cell.channel === channel);
          const { reason, confidence } = cells[index] ?? {};
          cells[index] = { channel, reason, confidence, ...answer };
        };
      const expected = `${table}: innehållsklassen BH: kanalen ${channel} ska vara ovillkorligt avvisad för säkerhetsskyddsklassificerade uppgifter (3 kap. 5 § säkerhetsskyddsförordningen (2021:955)).`;
      const decision = { answer: 'decision', decider: 'sakerhetsskyddschefen', conditions: ['Brådska.'] };
      for (const answer of [{ answer: 'allowed' }, decision, { answer: 'refused' }]) {
        expect(faultsAfter(table, editTable(answerFor(answer)))).toEqual([expected]);
      }
    },
  );

  it('is refused for a level without a general class, and for a decision without decider', () => {
    expect(faultsAfter(table, swap('"basis": null', '"basis": ["1 kap. 1 § OSL"]'))).toEqual([
      `${table}: öppen har 0 klasser utan bestämmelse ("basis": null), ska ha en.`,
    ]);
    expect(faultsAfter(table, swap('"decider": "anvandaren", ', ''))).toEqual([
      `${table}: innehållsklassen sekretess-osl-18-8-18-13: kanalen telefon kräver beslut men säger inte av vem och på vilka villkor.`,
    ]);
  });

  it('is refused for two channel tables, and for none', () => {
    const second = 'channels/andra.json';
    expect(faultsAfter(second, swap('"id": "kanaltabell"', '"id": "andra"'), table)).toEqual([
      `${second}, ${table}: det får bara finnas en kanaltabell.`,
    ]);
    const folder = copyOfShipped();
    rmSync(join(folder, table));
    expect(faultsOf(folder)).toEqual(['Kanaltabellen saknas.']);
  });

  it('is refused for text that is not JSON, and for a folder that is not there', () => {
    expect(faultsAfter('codelists/ja-nej.json', (text) => text.slice(0, -3))).toContain(
      'codelists/ja-nej.json: är inte läsbar JSON i UTF-8.',
    );
    expect(() => loadRulePack(join(tmpdir(), 'sigill-finns-inte'))).toThrow(/går inte att läsa/);
  });

  it('is told of all its faults at once', () => {
    const folder = copyOfShipped();
    edit(folder, 'regimes/sak.json', swap('"sensitive": true', '"sensitive": "ja"'));
    edit(folder, 'forms/kommun-slutrapport.json', swap('MSB-2016', 'MSB-1999'));
    expect(faultsOf(folder)).toEqual([
      'regimes/sak.json: sensitive: har fel typ, ska vara boolean.',
      'forms/kommun-slutrapport.json: fältet kategorier: kodlistan "MSB-1999" finns inte i regelpaketet.',
    ]);
  });
});
