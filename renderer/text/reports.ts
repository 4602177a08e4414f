import { counted } from './plural.ts';

export const reportText = {
  title: 'Rapport',
  backToIncident: 'Tillbaka till incidenten',
  form: 'Formulär',
  version: 'Version',
  versions: {
    full: 'Fullständig version',
    open: 'Öppen version',
    limited: 'Begränsad version',
  },
  versionHelp: {
    full: 'Allt som formuläret frågar efter.',
    open: 'Det som ligger över öppen är utelämnat.',
    limited: 'Sekretess är med, inget klassat.',
  },
  saveFile: 'Spara som fil …',
  saveFileTitle: 'Spara rapporten som fil',
  saveFileLead:
    'För läsning på arbetsstationen. Filen ligger utanför valvet: radera den när du är klar. Det står i spårbarheten att den har skrivits.',
  saveFileFormat: 'Format',
  saveFileFormats: {
    pdf: 'PDF',
    kryfax: 'PDF i svart, för kryfax',
    txt: 'Text',
    json: 'JSON, för andra program',
    'dora-json': 'JSON i EBA:s struktur för DORA',
  },
  saveFileSubmit: 'Välj plats och spara …',
  saveFilePlace: 'Var ska rapporten sparas?',
  savedFile: (path: string, isDraft: boolean) =>
    `${isDraft ? 'Ett utkast' : 'Rapporten'} skrevs till ${path}.`,
  marking: 'Handlingens märkning',
  missing: 'Obligatoriska uppgifter som saknas',
  noForm: 'Inget formulär passar',
  noFormHelp:
    'Incidentens regelverk har inget formulär, eller så ligger de regelverk som har det i skyddade rummet, som är låst. Lås upp rummet, gör bedömningen klar, eller välj ett formulär själv.',
  nothingMissing: 'Inget obligatoriskt saknas.',
  draft: 'Kan bara bli ett utkast tills allt obligatoriskt är besvarat.',
  withheld: (count: number) => counted(count, 'En del är utelämnad.', 'delar är utelämnade.'),
  remarks: 'Att veta',
  note: 'Om formuläret',
  openLine:
    'Underlag för öppen telefonlinje: det som inte får sägas är utelämnat vilken version du än väljer.',
  preview: 'Förhandsvisning',
  previewOf: (page: number, pages: number) =>
    `Sida ${page} av ${pages}. Samma innehåll finns som text under fliken Text.`,
  previewWork: 'Sidorna görs …',
  pages: 'Sidor',
  asText: 'Text',
  viewLabel: 'Visa rapporten som',
  dispatch: 'Expediera …',
  changes: 'Ändrat sedan senast skickat',
  print: 'Skriv ut …',
  printTitle: 'Skriv ut rapporten',
  printLead:
    'Utskriften går genom grinden, står i spårbarheten och i incidentens expedieringar. Sigill lämnar ingen fil efter sig.',
  printAs: 'Handlingen skrivs ut som',
  printFinal: 'Slutlig handling',
  printDraft: 'Utkast, märkt UTKAST på varje sida',
  printOnlyDraft:
    'Bara ett utkast kan skrivas ut: obligatoriska uppgifter saknas, eller en del ligger i det låsta rummet.',
  printSubmit: 'Välj skrivare …',
  printed: 'Skickat till skrivaren. Sigill har inte lämnat någon fil efter sig.',
  notPrinted: 'Inget skrevs ut. Expedieringen är makulerad.',
  printCancelled: 'Utskriften avbröts',
  printRefused: 'Grinden tillåter inte utskrift av den här handlingen.',
  blank: '(fylls i för hand)',
  unanswered: '(saknas)',
} as const;

export const dispatchText = {
  attachments: 'Bilagor',
  attachHelp:
    'Filen läses som en ström och krypteras med rapporten. Namn, storlek och SHA-256 skrivs i rapporten.',
  attach: 'Lägg till bilaga …',
  attachTitle: 'Välj en bilaga',
  attachMarking: (name: string) => `Märkning av ${name}`,
  detach: 'Ta bort',
  detachName: (name: string) => `Ta bort bilagan ${name}`,
  label: 'Adressen på kuvertet',
  labelStatus: {
    confirmed: 'Adressen är bekräftad',
    unconfirmed: 'Ingen har bekräftat adressen',
    historical: 'Adressen är från en äldre rutin och kan ha upphört att gälla',
  },
  labelHelp:
    'Fråga mottagaren på annan väg och anteckna svaret under Mottagare och nycklar. Måste brevet gå ändå: skriv skälet, som står på packlistan och i spårbarheten.',
  labelReason: 'Skäl att skriva ut till adressen ändå',
  toRecipients: 'Till Mottagare och nycklar',
  title: 'Expediera',
  lead: 'Grinden svarar för varje kanal, med skäl. Inget lämnar valvet på annat sätt.',
  backToReport: 'Tillbaka till rapporten',
  what: 'Handlingen',
  hiddenPart:
    'En del av incidenten ligger i skyddade rummet, som är låst. Grindens svar gäller bara det som syns. Hela handlingen kan ha en högre klass, och en fullständig version går inte att göra förrän rummet är upplåst.',
  channel: 'Kanal',
  answer: 'Svar',
  why: 'Skäl',
  answers: { allowed: 'Tillåtet', decision: 'Kräver beslut', refused: 'Avvisat' },
  absolute: 'Ovillkorligt: inget beslut ändrar svaret.',
  conditions: 'Beslutet ska ha prövat',
  deciders: { anvandaren: 'Du beslutar', sakerhetsskyddschefen: 'Säkerhetsskyddschefen beslutar' },
  byContent: (name: string) => `Avgörs av: ${name}`,
  wayOut: 'Väg ut',
  ways: {
    email: 'OpenPGP-krypterad e-post',
    signalskydd: 'Signalskydd: mapp till operatören',
    envelope: 'Kuvert i kuvert: utskrift, etiketter och kvittens',
  },
  wayHelp: {
    email: 'En .eml-fil som öppnas i ett e-postprogram på en annan dator, signerad och krypterad.',
    signalskydd: 'Enkla filer, hashlista och överföringsblad på ett flyttbart medium.',
    envelope: 'En PDF med allt som ska i kuverten, i den ordning det skrivs ut.',
  },
  refusedWay:
    'Grinden avvisar den här vägen för den här handlingen. Välj en annan väg, eller en annan version av rapporten.',
  out: 'Mapp att skriva till',
  outHelp: 'En ny mapp skapas inuti. Helst på ett flyttbart medium.',
  chooseOut: 'Välj mapp …',
  chooseOutTitle: 'Välj var filerna ska läggas',
  noOut: 'Ingen mapp är vald',
  to: 'Mottagarens nyckel',
  noKeys:
    'Det finns ingen verifierad nyckel. Läs in mottagarens nyckel och verifiera fingeravtrycket under Mottagare och nycklar.',
  toKeys: 'Gå till Mottagare och nycklar',
  medium: 'Mediets beteckning',
  grade: 'Signalskyddsgrad',
  grades: ['SG R', 'SG C', 'SG S', 'SG TS'],
  gradeUnknown: 'Fylls i av operatören',
  recipientName: 'Mottagare på överföringsbladet',
  carriage: 'Sätt att sända',
  recipient: 'Mottagare',
  recipientOfForm: 'Formulärets mottagare',
  carriageAuto: 'Det som grinden tillåter först',
  layout: 'Kuvert',
  layouts: { C4: 'C4', C5: 'C5', 'A4-etikett': 'A4-etiketter' },
  copies: 'Antal exemplar',
  attention: 'Till (person eller funktion)',
  securityBag: 'Säkerhetspåsens nummer',
  consignment: 'Kollinummer',
  decision: 'Beslut',
  decisionLead: 'Den här vägen kräver ett registrerat beslut. Skälet sparas i spårbarheten.',
  decidedBy: 'Beslutat av',
  decidedByHelp: 'Namnet på den som beslutade, om det inte är du.',
  make: 'Gör och läs tillbaka',
  working: 'Filerna görs, krypteras och läses tillbaka.',
  done: 'Klart: filerna är gjorda och lästa tillbaka',
  doneLead:
    'Varje fil lästes tillbaka från disken efter att den skrevs, och jämfördes. Raden står i spårbarheten.',
  file: 'Fil',
  size: 'Storlek',
  sha: 'SHA-256',
  folder: 'Mapp',
  next: 'Nu återstår',
  nextSteps: {
    email: [
      'Ta .eml-filen till datorn med e-post, öppna den och sänd den.',
      'Vänta på svar eller ring och fråga om brevet gick att öppna.',
    ],
    signalskydd: [
      'Lämna mediet till signalskyddsoperatören med överföringsbladet.',
      'Jämför hashlistan vid mottagandet och få kvittens.',
    ],
    envelope: [
      'Skriv ut PDF:en och följ packlistan på första bladet.',
      'Försegla, lämna in och spara kvittot. Bevaka kvittensen.',
    ],
  },
  copyHash: 'Kopiera hash',
  another: 'Expediera en väg till',
  toIncident: 'Till incidenten',
} as const;

export const expeditionText = {
  title: 'Expedieringar',
  lead: 'Det som gjorts för att lämna valvet, och vad som hänt med det.',
  none: 'Inget har expedierats än.',
  document: 'Handling',
  made: 'Gjord',
  state: 'Läge',
  actions: 'Registrera',
  versions: (version: string, openLevel: string | null) =>
    version === 'full'
      ? 'fullständig version'
      : openLevel === 'sekretess'
        ? 'begränsad version'
        : 'öppen version',
  ways: {
    epost: 'E-post',
    signalskydd: 'Signalskydd',
    kuvert: 'Kuvert i kuvert',
    utskrift: 'Utskrift',
    portal: 'Portal',
  },
  carriages: { rek: 'REK', varde: 'värdepost', 'personlig-leverans': 'personlig leverans' } as Readonly<
    Record<string, string>
  >,
  draft: 'utkast',
  madeBy: (at: string, by: string) => `${at} av ${by}`,
  to: (whom: string) => `Till ${whom}`,
  keys: (count: number) => counted(count, 'en nyckel', 'nycklar'),
  copies: (count: number) => counted(count, 'ett exemplar', 'exemplar'),
  medium: (name: string) => `medium ${name}`,
  securityBag: (number: string) => `säkerhetspåse ${number}`,
  consignment: (number: string) => `kollinummer ${number}`,
  states: {
    made: 'Gjord, inte avsänd',
    sent: 'Avsänd, väntar på kvittens',
    receipted: 'Kvittens mottagen',
    withdrawn: 'Makulerad',
  },
  printedState: 'Utskriven',
  days: (count: number) => (count === 0 ? 'sedan i dag' : `sedan ${counted(count, 'en dag', 'dagar')}`),
  events: { sent: 'Avsänd', receipted: 'Kvittens mottagen', withdrawn: 'Makulera' },
  eventNames: { sent: 'Avsänd', receipted: 'Kvittens mottagen', withdrawn: 'Makulerad' },
  eventOf: (event: string, form: string) => `${event}: ${form}`,
  event: (name: string, at: string, by: string) => `${name} ${at}, registrerat av ${by}`,
  dialogTitle: {
    sent: 'Registrera att handlingen är avsänd',
    receipted: 'Registrera att kvittensen är mottagen',
    withdrawn: 'Makulera expedieringen?',
  },
  dialogLead: {
    sent: 'Skriv när den lämnades in, överlämnades eller sändes.',
    receipted: 'Skriv när mottagaren kvitterade. Därefter kan inget mer registreras.',
    withdrawn:
      'Expedieringen står kvar som makulerad och kan inte tas tillbaka. Det som redan har lämnat valvet finns kvar där det är.',
  },
  when: 'När',
  note: 'Anteckning (behövs inte)',
  noteWithdrawn: 'Varför makuleras den?',
  noteHelp: 'Till exempel kvittonummer. Skriv inget om vad handlingen säger.',
  submit: { sent: 'Registrera', receipted: 'Registrera', withdrawn: 'Makulera' },
  receiptTitle: 'Registrera när det är gjort',
  receiptLead: 'Det går också att göra senare, under Rapporter i incidenten.',
} as const;

export const differenceText = {
  neverSent: 'Inget har skickats med det här formuläret i den här versionen.',
  hidden:
    'Det som senast skickades ligger i skyddade rummet, som är låst. Lås upp det för att se vad som har ändrats.',
  hiddenFields: (count: number) =>
    count === 1
      ? 'Ett fält jämförs inte: svaret kan ligga i skyddade rummet, som är låst.'
      : `${count} fält jämförs inte: svaren kan ligga i skyddade rummet, som är låst.`,
  same: 'Inget har ändrats.',
  against: (way: string, at: string) => `Jämfört med det som gjordes ${at} (${way}).`,
  changes: { changed: 'Ändrat', added: 'Tillagt', removed: 'Borttaget' },
  before: 'Då',
  after: 'Nu',
  nothing: 'Inget svar',
  noMarking: 'utelämnat',
} as const;
