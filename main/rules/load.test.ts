import { describe, expect, it } from 'vitest';
import { CHANNELS, type ChannelAnswer, type ContentClass, type Form } from '../../shared/domain/rules.ts';
import { libraryOf } from './library.ts';
import { loadRulePack } from './load.ts';

const pack = loadRulePack();

function classOf(id: string): ContentClass {
  const found = pack.channelTable.classes.find((contentClass) => contentClass.id === id);
  if (!found) throw new Error(`no content class ${id}`);
  return found;
}

function formOf(id: string): Form {
  const form = pack.forms.get(id);
  if (!form) throw new Error(`no form ${id}`);
  return form;
}

/** The answer as a sign in the table below. */
function sign(answer: ChannelAnswer | undefined): string {
  if (!answer) return '?';
  if (answer.answer === 'allowed') return 'ja';
  if (answer.answer === 'refused') return answer.absolute ? 'ALDRIG' : 'nej';
  return answer.decider === 'sakerhetsskyddschefen' ? 'SSC' : 'beslut';
}

describe('the channel table', () => {
  // domain §12.4 table C, cell by cell: ✔ ja · ◑ beslut · ✖ nej · ✖✖ ALDRIG · decided by säkerhetsskyddschefen: SSC
  const tableC = `
    class                       telefon epost-okrypterad epost  kurir  cyberportalen portal signalskydd rek    varde personlig-leverans utskrift arbetsstation
    oppen                       ja      ja               ja     ja     ja            ja     ja          ja     ja    ja                 ja       ja
    sekretess-osl-18-8-18-13    beslut  nej              beslut ja     beslut        beslut ja          beslut ja    ja                 ja       ja
    sekretess-osl-ovriga-namnda beslut  nej              beslut beslut beslut        beslut ja          beslut ja    ja                 ja       ja
    sekretess-ovrig             beslut  nej              beslut beslut beslut        beslut ja          beslut ja    ja                 ja       ja
    sekretess-15-2              nej     nej              nej    nej    nej           nej    ja          SSC    ja    ja                 ja       ja
    BH                          ALDRIG  ALDRIG           ALDRIG ALDRIG ALDRIG        ALDRIG beslut      SSC    SSC   ja                 beslut   ja
    K                           ALDRIG  ALDRIG           ALDRIG ALDRIG ALDRIG        ALDRIG beslut      SSC    SSC   ja                 beslut   ja
    H                           ALDRIG  ALDRIG           ALDRIG ALDRIG ALDRIG        ALDRIG beslut      SSC    SSC   ja                 beslut   ja
    KH                          ALDRIG  ALDRIG           ALDRIG ALDRIG ALDRIG        ALDRIG beslut      ALDRIG SSC   ja                 beslut   ja
  `
    .trim()
    .split('\n')
    .map((line) => line.trim().split(/\s+/));
  const [header = [], ...rows] = tableC;
  const columns = header.slice(1);
  const cells = rows.flatMap(([id = '', ...signs]) =>
    columns.map((channel, index) => [id, channel, signs[index] ?? ''] as const),
  );

  it('has every class and every channel in the test', () => {
    expect(columns).toEqual([...CHANNELS]);
    expect(rows.map(([id]) => id).sort()).toEqual(pack.channelTable.classes.map(({ id }) => id).sort());
  });

  it.each(cells)('%s · %s: %s', (id, channel, expected) => {
    expect(sign(classOf(id).answers.find((answer) => answer.channel === channel))).toBe(expected);
  });

  it('refuses every security class on every open way, and no decision helps', () => {
    for (const id of ['BH', 'K', 'H', 'KH']) {
      for (const channel of ['telefon', 'epost', 'epost-okrypterad', 'kurir', 'cyberportalen', 'portal']) {
        const answer = classOf(id).answers.find((candidate) => candidate.channel === channel);
        expect(answer, `${id} ${channel}`).toMatchObject({ answer: 'refused', absolute: true });
        expect(answer?.provision, `${id} ${channel}`).toMatch(/3 kap\. 5 §|1 kap\. 13 §/);
      }
    }
  });

  it.each([
    ['BH', /SG R /],
    ['K', /SG C /],
    ['H', /SG S /],
    ['KH', /SG TS\.$/],
  ])('%s on signalskydd names the grade', (id, grade) => {
    const answer = classOf(id).answers.find(({ channel }) => channel === 'signalskydd');
    expect(answer?.conditions?.[0]).toMatch(grade);
  });

  it.each(['BH', 'K', 'H', 'KH'])('%s on paper asks for a printer approved for the class', (id) => {
    const answer = classOf(id).answers.find(({ channel }) => channel === 'utskrift');
    expect(answer?.conditions?.join(' ')).toContain(`Skrivaren är godkänd för ${classOf(id).name}`);
  });

  it('is one sentence to the reader in every cell', () => {
    for (const contentClass of pack.channelTable.classes) {
      for (const answer of contentClass.answers) {
        expect(answer.reason, `${contentClass.id} ${answer.channel}`).toMatch(/^\p{Lu}.*\.$/u);
        expect(answer.reason.length).toBeLessThan(160);
      }
    }
  });

  it('says that it does not know the provisions it does not name', () => {
    expect(classOf('sekretess-ovrig').basis).toBeNull();
    for (const answer of classOf('sekretess-ovrig').answers) expect(answer.confidence).toBe('unconfirmed');
  });
});

describe('the shipped rules', () => {
  it('holds every regime of domain §12.1', () => {
    expect([...pack.regimes.keys()].sort()).toEqual(
      [
        ...['CSL', 'DORA', 'FRIV', 'GDPR', 'KOMMUN-RUTIN', 'LEK', 'NIS1', 'POLIS', 'SAK'],
        ...['SIGNALSKYDDSINCIDENT', 'STAT-2020', 'STAT-2026', 'TSP'],
      ].sort(),
    );
    const sensitive = [...pack.regimes.values()].filter((regime) => regime.sensitive).map(({ id }) => id);
    expect(sensitive.sort()).toEqual(['SAK', 'SIGNALSKYDDSINCIDENT']);
  });

  // domain §12.1 table A, the steps that have a limit.
  it.each([
    ['STAT-2020', 'notifiering', 'identified', 6, 'hour', 'none'],
    ['STAT-2020', 'slutrapport', 'submitted:notifiering', 4, 'week', 'SFS1930:173'],
    ['STAT-2026', 'varning', 'aware', 6, 'hour', 'none'],
    ['STAT-2026', 'incidentanmalan', 'aware', 72, 'hour', 'none'],
    ['STAT-2026', 'slutrapport', 'submitted:incidentanmalan', 1, 'month', 'SFS1930:173'],
    ['KOMMUN-RUTIN', 'notifiering', 'identified', 6, 'hour', 'none'],
    ['KOMMUN-RUTIN', 'slutrapport', 'submitted:notifiering', 4, 'week', 'SFS1930:173'],
    ['CSL', 'upplysning', 'aware', 24, 'hour', 'none'],
    ['CSL', 'incidentanmalan', 'aware', 72, 'hour', 'none'],
    ['CSL', 'slutrapport', 'submitted:incidentanmalan', 1, 'month', 'SFS1930:173'],
    ['CSL', 'lagesrapport', 'submitted:incidentanmalan', 1, 'month', 'SFS1930:173'],
    ['CSL', 'slutrapport-efter-lagesrapport', 'ended', 1, 'month', 'SFS1930:173'],
    ['FRIV', 'slutrapport', 'submitted:notifiering', 4, 'week', 'SFS1930:173'],
    ['GDPR', 'anmalan', 'aware', 72, 'hour', 'none'],
    ['DORA', 'initial', 'significant', 4, 'hour', 'DORA-noon-not-excluded'],
    ['DORA', 'intermediate', 'submitted:initial', 72, 'hour', 'DORA-noon-not-excluded'],
    ['DORA', 'final', 'submitted:intermediate', 1, 'month', 'DORA-noon'],
    ['TSP', 'anmalan', 'aware', 24, 'hour', 'none'],
  ] as const)('%s %s runs from %s: %d %s, %s', (regime, id, start, amount, unit, workdayRule) => {
    const step = pack.regimes.get(regime)?.steps.find((candidate) => candidate.id === id);
    expect(step).toMatchObject({ start, limit: { amount, unit }, workdayRule });
  });

  // domain §12.1 table A, row by row: to whom, and which ways. Ways that are no channel of ours (a portal, own words) are none.
  const REPORT_WAYS = 'kurir epost signalskydd personlig-leverans varde rek';
  it.each([
    ['STAT-2020', 'notifiering', 'cert-se', 'telefon'],
    ['STAT-2020', 'slutrapport', 'cert-se-rapport cert-se', REPORT_WAYS],
    ['STAT-2020', 'komplettering', 'cert-se-rapport cert-se', REPORT_WAYS],
    ['STAT-2026', 'varning', 'ncsc-cyberportalen cert-se', 'telefon cyberportalen'],
    ['STAT-2026', 'incidentanmalan', 'ncsc-cyberportalen cert-se', 'cyberportalen'],
    ['STAT-2026', 'slutrapport', 'ncsc-cyberportalen cert-se', 'cyberportalen'],
    ['STAT-2026', 'komplettering', 'ncsc-cyberportalen cert-se', 'cyberportalen'],
    ['KOMMUN-RUTIN', 'notifiering', 'cert-se', 'telefon'],
    ['KOMMUN-RUTIN', 'slutrapport', 'cert-se-rapport cert-se', `epost-okrypterad ${REPORT_WAYS}`],
    ['CSL', 'upplysning', 'ncsc-cyberportalen cert-se', 'cyberportalen'],
    ['CSL', 'incidentanmalan', 'ncsc-cyberportalen cert-se', 'cyberportalen'],
    ['CSL', 'delrapport', 'ncsc-cyberportalen cert-se', 'cyberportalen'],
    ['CSL', 'slutrapport', 'ncsc-cyberportalen cert-se', 'cyberportalen'],
    ['CSL', 'lagesrapport', 'ncsc-cyberportalen cert-se', 'cyberportalen'],
    ['CSL', 'slutrapport-efter-lagesrapport', 'ncsc-cyberportalen cert-se', 'cyberportalen'],
    ['CSL', 'mottagare', '', ''],
    ['FRIV', 'notifiering', 'cert-se', 'telefon'],
    ['FRIV', 'slutrapport', 'cert-se', 'rek signalskydd varde personlig-leverans'],
    ['FRIV', 'komplettering', 'cert-se', 'rek signalskydd varde personlig-leverans'],
    ['SAK', 'forsta-kontakt', 'sakerhetspolisen forsvarsmakten', 'telefon epost-okrypterad'],
    ['SAK', 'anmalan', 'sakerhetspolisen forsvarsmakten', 'signalskydd personlig-leverans varde'],
    ['SIGNALSKYDDSINCIDENT', 'anmalan', 'tillsynsmyndighet-sakerhetsskydd', 'signalskydd personlig-leverans'],
    ['GDPR', 'anmalan', 'imy', 'portal rek'],
    ['GDPR', 'registrerade', '', ''],
    ['POLIS', 'anmalan', 'polisen', 'telefon personlig-leverans signalskydd'],
    ['DORA', 'initial', 'finansinspektionen', 'portal'],
    ['DORA', 'intermediate', 'finansinspektionen', 'portal'],
    ['DORA', 'uppdaterad-delrapport', 'finansinspektionen', 'portal'],
    ['DORA', 'final', 'finansinspektionen', 'portal'],
    ['DORA', 'omklassning', 'finansinspektionen', 'portal'],
    ['TSP', 'anmalan', 'pts ncsc-cyberportalen cert-se', 'portal cyberportalen'],
    ['LEK', 'anmalan', 'pts', 'epost-okrypterad'],
    ['NIS1', 'notifiering', '', ''],
    ['NIS1', 'uppfoljning', '', ''],
  ])('%s %s goes to %s by %s', (regime, id, recipients, channels) => {
    const step = pack.regimes.get(regime)?.steps.find((candidate) => candidate.id === id);
    const inOrder = (words: string): string[] => words.split(' ').filter(Boolean).sort();
    expect([...(step?.recipients ?? ['?'])].sort()).toEqual(inOrder(recipients));
    expect([...(step?.channels ?? [])].sort()).toEqual(inOrder(channels));
  });

  it('has no step beside those that the tests hold against the dossier', () => {
    const held = 34;
    const steps = [...pack.regimes.values()].flatMap((regime) => regime.steps);
    expect(steps).toHaveLength(held);
  });

  it('is in force when the dossier says', () => {
    const validity = [...pack.regimes.values()].map(({ id, validFrom, validTo }) => [id, validFrom, validTo]);
    expect(validity.filter(([, from, to]) => from !== null || to !== null)).toEqual([
      ['CSL', '2026-07-01', null],
      ['NIS1', null, '2026-01-14'],
      ['STAT-2020', '2020-10-01', '2026-06-30'],
      ['STAT-2026', '2026-07-01', null],
    ]);
  });

  it('sends a report under cybersäkerhetslagen to the portal only from the day that it opened', () => {
    const library = libraryOf(pack);
    const channelsOn = (day: string): Set<string> | undefined =>
      new Set(
        library
          ?.forDay(day)
          .regimes.get('CSL')
          ?.steps.flatMap(({ channels }) => channels),
      );
    expect(channelsOn('2026-06-30')).toEqual(new Set(['telefon']));
    expect(channelsOn('2026-07-01')).toEqual(new Set(['cyberportalen']));
    const [before, now] = ['2026-06-30', '2026-07-01'].map((day) =>
      library
        ?.forDay(day)
        .regimes.get('CSL')
        ?.steps.map(({ id, limit, start, workdayRule }) => ({ id, limit, start, workdayRule })),
    );
    expect(before).toEqual(now);
  });

  it('says of the table of supervision that it is the law only for the time that could be read', () => {
    const tableOn = (day: string) => libraryOf(pack)?.forDay(day).supervision.get('CSL');
    expect(tableOn('2026-06-30')).toMatchObject({ confidence: 'statute', validTo: '2026-06-30' });
    expect(tableOn('2026-07-01')).toMatchObject({
      confidence: 'unconfirmed',
      note: expect.stringContaining('inte har kunnat läsas') as string,
    });
    expect(tableOn('2026-07-01')?.counties).toEqual(tableOn('2026-06-30')?.counties);
  });

  it('asks for reasons where the law does, marks a routine as one, and an own aim as no law', () => {
    const steps = [...pack.regimes.values()].flatMap((regime) =>
      regime.steps.map((step) => ({ regime, step })),
    );
    const named = (wanted: (one: (typeof steps)[number]) => unknown): string[] =>
      steps.filter((one) => wanted(one)).map(({ regime, step }) => `${regime.id} ${step.id}`);
    expect(named(({ step }) => step.asksReasonWhenLate)).toEqual([
      'DORA initial',
      'DORA intermediate',
      'DORA final',
      'GDPR anmalan',
    ]);
    expect(named(({ step }) => step.ownTarget)).toEqual(['SAK forsta-kontakt', 'SAK anmalan']);
    for (const { step } of steps)
      if (step.ownTarget) expect(step.ownTarget.note).toContain('inte en rättsregel');
    expect(named(({ step }) => step.overrides)).toEqual(['CSL incidentanmalan']);
    const flagged = (wanted: 'internalRoutine' | 'readOnly'): string[] =>
      [...pack.regimes.values()].filter((regime) => regime[wanted] === true).map(({ id }) => id);
    expect([flagged('internalRoutine'), flagged('readOnly')]).toEqual([['KOMMUN-RUTIN'], ['NIS1']]);
  });

  it('invents no limit where the law says skyndsamt', () => {
    for (const id of ['SAK', 'SIGNALSKYDDSINCIDENT', 'POLIS', 'NIS1', 'LEK']) {
      const limits = pack.regimes.get(id)?.steps.map((step) => step.limit);
      expect(limits, id).toEqual(limits?.map(() => null));
    }
  });

  it('has forms, recipients and ways for the regimes that can be reported now', () => {
    for (const id of ['STAT-2020', 'KOMMUN-RUTIN', 'FRIV', 'SAK']) {
      const steps = pack.regimes.get(id)?.steps ?? [];
      expect(steps.flatMap((step) => step.forms).length, id).toBeGreaterThan(0);
      for (const step of steps) {
        expect(step.recipients.length, `${id} ${step.id}`).toBeGreaterThan(0);
        expect(step.channels.length, `${id} ${step.id}`).toBeGreaterThan(0);
      }
    }
  });

  it('asks the five questions of CERT-SE word for word', () => {
    const questions = formOf('telefonnotifiering').sections.find(({ id }) => id === 'fragor');
    expect(questions?.fields.map((field) => field.label)).toEqual([
      'Vad har hänt?',
      'Hur och när upptäcktes problemet?',
      'Vilka parter är inblandade i incidenthanteringen?',
      'Finns det en brottsmisstanke och har en polisanmälan upprättats?',
      'Behov av stöd från CERT-SE och kontaktvägar för detta?',
    ]);
    expect(formOf('telefonnotifiering')).toMatchObject({
      audience: 'open-line',
      channels: ['telefon'],
      withheldText:
        'Jag kan inte lämna fler uppgifter på öppen telefonlinje. Uppgifterna lämnas via [signalskydd/försändelse/krypterad e-post].',
    });
  });

  const ofReport = [
    ...['organisation', 'upptacktes', 'handelseforlopp', 'upptackt-hur', 'kategorier', 'omfattning'],
    ...['konsekvenser', 'atgarder-vidtagna', 'brottsmisstanke'],
  ];
  it.each([
    ['telefonnotifiering', ['vad-har-hant']],
    ['msb-slutrapport', ofReport],
    ['kommun-slutrapport', ofReport],
    ['frivillig-slutrapport', ofReport],
    [
      'sakerhetspolisen-anmalan',
      ['organisation', 'handelseforlopp', 'tidpunkt', 'upptacktes', 'pagar', 'omfattning', 'konsekvenser'],
    ],
  ])('%s demands what the incident can answer and no more', (id, fields) => {
    const required = formOf(id).sections.flatMap((section) =>
      section.fields.filter((field) => field.required).map((field) => field.id),
    );
    expect(required).toEqual(fields);
  });

  it('lists the ten categories word for word', () => {
    expect(pack.codeLists.get('MSB-2016')?.codes.map(({ code }) => code)).toEqual([
      'störning i mjuk- eller hårdvara',
      'störning i driftmiljö',
      'informationsförlust eller informationsläckage',
      'informationsförvanskning',
      'hindrad tillgång till information',
      'säkerhetsbrist i en produkt',
      'angrepp',
      'handhavandefel',
      'oönskad eller oplanerad störning i kritisk infrastruktur',
      'annan plötslig oförutsedd händelse som lett till skada',
    ]);
  });

  it('confirms no address that may have moved', () => {
    const statusOf = (recipient: string, address: string): string | undefined =>
      pack.recipients.get(recipient)?.addresses.find(({ id }) => id === address)?.status;
    for (const address of ['rek-solna', 'varde-solna', 'personlig-leverans-solna']) {
      expect(statusOf('cert-se', address)).toBe('historical');
    }
    expect(statusOf('cert-se', 'post-karlstad')).toBe('unconfirmed');
    expect(statusOf('cert-se-rapport', 'epost')).toBe('unconfirmed');
    expect(statusOf('sakerhetspolisen', 'post')).toBe('confirmed');
  });

  it('says why wherever it is not certain', () => {
    const rules = [
      ...[...pack.regimes.values()].flatMap((regime) => [regime, ...regime.steps]),
      ...pack.forms.values(),
      ...pack.codeLists.values(),
      ...[...pack.recipients.values()].flatMap((recipient) => [recipient, ...recipient.addresses]),
      pack.channelTable,
    ];
    const uncertain = rules.filter((rule) => !['statute', 'official'].includes(rule.confidence));
    expect(uncertain.length).toBeGreaterThan(20);
    for (const rule of uncertain) expect(rule.note, rule.id).toBeTruthy();
  });

  it('is read once and cannot be changed', () => {
    expect(loadRulePack()).toBe(pack);
    expect(Object.isFrozen(pack.channelTable.classes[0]?.answers[0])).toBe(true);
    expect(Object.isFrozen(pack.regimes.get('SAK')?.steps)).toBe(true);
    expect(() => (pack.regimes as Map<string, unknown>).delete('SAK')).toThrow(TypeError);
    expect(() => (pack.forms as Map<string, unknown>).set('ny', {})).toThrow(TypeError);
    expect(() => (pack.recipients as Map<string, unknown>).clear()).toThrow(TypeError);
  });
});
