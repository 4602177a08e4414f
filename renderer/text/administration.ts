import { counted } from './plural.ts';

export const keysText = {
  title: 'Mottagare och nycklar',
  lead: 'Krypterad e-post går bara till nycklar vars hela fingeravtryck någon har jämfört med mottagaren på annan väg.',
  keys: 'OpenPGP-nycklar',
  noKeys: 'Inga nycklar än. Läs in mottagarens publika nyckel från ett medium.',
  import: 'Läs in nyckel …',
  importTitle: 'Välj mottagarens publika nyckel (.asc)',
  createOwn: 'Skapa egen nyckel',
  own: 'Egen nyckel',
  ownMissing: 'Organisationen har ingen egen nyckel. Utan den kan e-post inte signeras.',
  exportOwn: 'Lämna ut vår öppna nyckel …',
  exportOwnTitle: 'Var ska den öppna nyckeln skrivas?',
  exportOwnName: 'oppen-nyckel.asc',
  exportedOwn: (path: string, fingerprint: string) =>
    `Den öppna nyckeln skrevs till ${path}. Läs upp fingeravtrycket för mottagaren: ${fingerprint}`,
  replaceOwn: 'Byt vår nyckel …',
  replaceOwnTitle: 'Byt organisationens nyckel',
  replaceOwnLead:
    'En ny nyckel skapas. Den förra tas ur bruk men sparas, så att gamla svar går att läsa. Alla som har den förra ska få den nya och jämföra fingeravtrycket på nytt: till dess litar de inte på signaturen. Det går inte att ångra.',
  replaceOwnEmail: 'E-postadress i nyckeln',
  replaceOwnSubmit: 'Skapa den nya nyckeln',
  life: 'Giltighet',
  lifeHelp:
    'Utan slutdatum kan nyckeln inte löpa ut mitt i natten. Med slutdatum dör en bortglömd nyckel av sig själv; Sigill varnar 30 dagar före.',
  years: (years: number) => (years === 1 ? '1 år' : `${years} år`),
  extendOwn: 'Ändra slutdatum …',
  extendOwnTitle: 'Ändra vår nyckels slutdatum',
  extendOwnLead:
    'Tiden räknas från i dag. Fingeravtrycket är detsamma. Alla som har nyckeln ska få den nya kopian, annars ser de det gamla datumet.',
  extendOwnSubmit: 'Ändra slutdatumet',
  revocation: 'Återkallelsecertifikat …',
  revocationTitle: 'Skriv ut återkallelsecertifikatet',
  revocationLead:
    'Ett blad till säkerhetsskåpet. Med det kan ni göra nyckeln ogiltig även om arbetsstationen är stulen eller valvet förstört.',
  revocationHelp:
    'Den som har bladet kan bara göra nyckeln ogiltig, inte läsa eller skriva under. Försegla det, skilt från arbetsstationen.',
  revocationPrint: 'Skriv ut',
  revocationPrinted: 'Bladet är utskrivet. Försegla det i säkerhetsskåp.',
  revocationNot: 'Bladet blev inte utskrivet.',
  importOwn: 'Läs in egen nyckel …',
  importOwnTitle: 'Läs in organisationens egen nyckel',
  importOwnLead:
    'För en nyckel som ni redan har i ett annat program. Exportera hela den hemliga nyckeln till en fil. Den används från nu; den förra tas ur bruk men sparas. I valvet ligger nyckeln utan sin lösenfras: öppna rummet skyddar den.',
  importOwnFile: 'Välj nyckelfil …',
  importOwnPick: 'Välj filen med er hemliga nyckel (.asc)',
  importOwnNone: 'Ingen fil vald.',
  importOwnChosen: (name: string) => `Vald fil: ${name}`,
  importOwnPassphrase: 'Nyckelns lösenfras',
  importOwnPassphraseHelp: 'Lämna tomt om nyckeln saknar lösenfras.',
  importOwnSubmit: 'Läs in nyckeln',
  importedAgain: (fingerprint: string) =>
    `Nyckeln ${fingerprint} fanns redan. Det som är nytt i filen är nu med, och jämförelsen gäller fortfarande.`,
  importedOwn: {
    new: (fingerprint: string) =>
      `Nyckeln ${fingerprint} är nu er egen. De som har den förra ska få den nya. Förstör filen med den hemliga nyckeln enligt er rutin.`,
    'used-again': (fingerprint: string) =>
      `Nyckeln ${fingerprint} fanns i valvet, ur bruk, och är i bruk igen. Den förra är tagen ur bruk men sparad: de som har den ska få den här. Förstör filen med den hemliga nyckeln enligt er rutin.`,
    renewed: (fingerprint: string) =>
      `Nyckeln ${fingerprint} var redan i bruk. Det som är nytt i filen är nu med. De som har nyckeln ska få den nya kopian. Förstör filen med den hemliga nyckeln enligt er rutin.`,
    unchanged: (fingerprint: string) =>
      `Nyckeln ${fingerprint} är redan i bruk, och filen har inget nytt. Inget är ändrat. Förstör filen med den hemliga nyckeln enligt er rutin.`,
  },
  who: 'Vem',
  fingerprint: 'Fingeravtryck',
  algorithm: 'Algoritm',
  expires: (day: string | null) => (day === null ? 'Inget slutdatum' : `Gäller till ${day}`),
  neverExpires: 'inget slutdatum',
  status: 'Läge',
  verified: (comparison: string) => `Verifierad av ${comparison}`,
  notVerified: 'Inte verifierad: kan inte användas',
  retired: 'Ur bruk',
  ownRole: 'Organisationens egen',
  compare: 'Jämför …',
  compareAgain: 'Jämför på nytt …',
  compareDistrusted:
    'Jämför bara om mottagaren har sagt att nyckeln gäller igen. När två har jämfört den på nytt kan den användas.',
  distrusted: 'Kan inte användas.',
  distrust: 'Ta ur bruk …',
  distrustTitle: 'Ta mottagarens nyckel ur bruk?',
  distrustLead:
    'Inget krypteras till nyckeln efter det. Den kan användas igen först när två personer har jämfört den på nytt. Brev som redan är gjorda kan fortfarande läsas av den som har nyckeln.',
  distrustReason: 'Varför tas nyckeln ur bruk?',
  distrustReasonHelp:
    'Till exempel: mottagaren ringde, kortet är borta. Skälet sparas och visas vid nyckeln.',
  distrustBy: (user: string) => `Det antecknas att ${user} tog nyckeln ur bruk.`,
  distrustSubmit: 'Ta nyckeln ur bruk',
  compareTitle: 'Jämför fingeravtrycket',
  compareLead:
    'Ring mottagaren på ett nummer som du har från annat håll. Den ena av er läser upp hela fingeravtrycket, grupp för grupp. Den andra följer med.',
  way: 'Jämfört',
  ways: { telefon: 'i telefon', mote: 'vid ett möte' },
  phone: 'Uppringt nummer',
  phoneHelp: 'Inte ett nummer ur samma brev som nyckeln.',
  first: 'Vem läste',
  second: 'Vem följde med',
  note: 'Vem svarade, och varifrån kom numret',
  noteHelp: 'Till exempel: vakthavande Eva Berg, numret ur CERT-SE:s RFC 2350.',
  verify: 'Fingeravtrycket stämmer',
  later: 'Jämför senare',
  laterHelp: 'Nyckeln är inläst men kan inte användas. Välj Jämför vid nyckeln när ni har jämfört.',
  recipients: 'Mottagare',
  address: 'Adress',
  purpose: 'För',
  addressStatus: { confirmed: 'bekräftad', unconfirmed: 'obekräftad', historical: 'historisk', wrong: 'fel' },
  addressType: {
    post: 'post',
    rek: 'rek',
    varde: 'värdepost',
    'personlig-leverans': 'personlig leverans',
    phone: 'telefon',
    email: 'e-post',
    portal: 'portal',
    signalskydd: 'signalskydd',
  },
  checked: (date: string) => `kontrollerad ${date}`,
  recipientsLead:
    'Adresserna kommer ur regelpaketet. Innan något skrivs ut till en adress som inte är bekräftad: fråga mottagaren på annan väg och anteckna svaret.',
  addressChecked: (at: string, by: string, how: string) => `adress verifierad ${at} av ${by}: ${how}`,
  addressWrong: (at: string, by: string, how: string) => `antecknad som fel ${at} av ${by}: ${how}`,
  checkAddress: 'Anteckna svar …',
  checkTitle: (recipient: string) => `Adressen till ${recipient}`,
  checkLead:
    'Fråga mottagaren på ett nummer som du har från annat håll. Svaret gäller just de här raderna: ändras de i regelpaketet är adressen åter obekräftad.',
  answer: 'Vad svarade mottagaren?',
  answers: { confirmed: 'Adressen stämmer', wrong: 'Adressen är fel och ska inte användas' },
  checkBy: 'Vem frågade',
  checkHow: 'Hur',
  checkHowHelp: 'Till exempel: telefon 010-240 40 40, vakthavande.',
  checkAt: 'När',
  checkSave: 'Spara svaret',
  chooseKey: 'Välj nyckel …',
  boundTo: (fingerprint: string) => `Nyckel för adressen: ${fingerprint}`,
  bindTitle: (address: string) => `Nyckel för ${address}`,
  bindLead:
    'Krypterad e-post till mottagaren ställs till den här adressen och krypteras till nyckeln du väljer. Utan en nyckel går ingen e-post dit.',
  bindKey: 'Nyckel',
  bindNone: 'Ingen nyckel',
  bindReason: 'Hur har mottagaren sagt att nyckeln gäller adressen?',
  bindReasonHelp: 'Ingen känd källa säger att rapport@it-incident.se tar emot OpenPGP: fråga.',
  bindSave: 'Spara valet',
  needsOpen: 'Nycklarna ligger i öppna rummet, som är låst.',
} as const;

export const usersText = {
  title: 'Användare',
  lead: 'Vem som har lösenfras till vilket rum. En användare som är borta kan inte längre låsa upp, men hans rader i spårbarheten står kvar.',
  name: 'Namn',
  room: 'Rum',
  added: 'Tillagd',
  kind: { person: 'användare', recovery: 'återställningsnyckel' },
  kindLabel: 'Slag',
  removed: (at: string) => `Borttagen ${at}`,
  remove: 'Ta bort …',
  removeTitle: (name: string, room: string) => `Ta bort ${name} ur ${room}?`,
  removeText:
    'Personen kan inte längre låsa upp rummet. Det går inte att ångra, men personen kan läggas till igen med ny lösenfras. Allt som personen skrivit finns kvar.',
  removeFromBoth: 'Ta bort ur båda rummen, eller ur inget av dem',
  removeSubmit: 'Ta bort',
  add: 'Ny användare',
  addLead: 'Den nya användaren skriver sina lösenfraser själv. Bara öppna rum kan ges.',
  addSubmit: 'Lägg till',
  change: 'Byt dina lösenfraser',
  changeLead: 'Gäller de rum som är öppna. Lämna tomt för att behålla.',
  changeSubmit: 'Byt',
  changed: 'Lösenfraserna är bytta.',
  addedDone: (name: string) => `${name} är tillagd.`,
  passphraseFor: (room: string) => `Lösenfras för ${room}`,
  again: 'En gång till',
  reset: 'Glömd lösenfras',
  resetLead:
    'Bara återställningskoden kan ge någon en ny lösenfras. Lås, och lås upp rummet med koden ur det förseglade kuvertet. Vad personen har signerat förut går fortfarande att kontrollera.',
  resetWho: 'Vem har glömt',
  resetSubmit: 'Ge ny lösenfras',
  resetDone: (name: string, listed: string) =>
    `${name} har en ny lösenfras och loggar in under samma namn som förut. Spårbarheten visar den nya nyckeln som ${listed}. Försegla återställningskoden på nytt, och anteckna vilka som har läst den.`,
} as const;

export const auditText = {
  title: 'Spårbarhet',
  lead: 'Allt som gjorts i rummet, i ordning. Varje rad bär föregående rads hash och är signerad av den som gjorde det.',
  verify: 'Kontrollera kedjan',
  verifying: 'Räknar om alla hashar och prövar alla signaturer.',
  fine: (room: string, entries: number, checkpoints: number) =>
    `${room}: ${counted(entries, '1 rad', 'rader')} och ${counted(checkpoints, '1 kontrollpunkt', 'kontrollpunkter')} stämmer.`,
  remarks: (room: string) => `${room}: kedjan har anmärkningar`,
  remarksHelp:
    'Inget har ändrats av kontrollen. Säkerhetskopiera valvet, rör det inte mer, och kontakta säkerhetsskyddschefen.',
  export: 'Skriv till fil …',
  exportTitle: 'Var ska spårbarheten skrivas?',
  exportName: (room: string) => `sparbarhet-${room}.jsonl`,
  exported: (path: string, entries: number) => `${counted(entries, '1 rad', 'rader')} skrevs till ${path}.`,
  room: 'Rum',
  columns: { seq: 'Rad', at: 'När', actor: 'Vem', action: 'Vad', object: 'Om', hash: 'Hash' },
  shown: (shown: number, all: number) =>
    shown === all
      ? counted(all, '1 rad', 'rader')
      : `De ${shown} senaste av ${all} rader. Alla kommer med när spårbarheten skrivs till fil.`,
} as const;

export const settingsText = {
  title: 'Inställningar',
  window: 'Fönstret',
  theme: 'Utseende',
  themes: { system: 'Som datorn', light: 'Ljust', dark: 'Mörkt' },
  contrast: 'Kontrast',
  contrasts: { system: 'Som datorn', more: 'Hög' },
  idle: 'Lås efter så lång tid utan inmatning',
  minutes: (minutes: number) => `${minutes} min`,
  minimise: 'Lås när fönstret minimeras',
  vault: 'Valvet',
  folder: 'Mapp',
  ceiling: 'Tak',
  organisation: 'Organisationen',
  organisationLead: 'Står på rapporter och etiketter. Kan ändras när båda rummen är öppna.',
  fields: {
    number: 'Organisationsnummer',
    contact: 'Kontakt',
    phone: 'Telefon',
    hours: 'Bemanningstider',
    email: 'E-post',
  },
  address: 'Postadress, en rad i taget',
  save: 'Spara',
  saved: 'Sparat.',
  needsBoth: 'Lås upp båda rummen för att ändra.',
  dutiesTitle: 'Tillsyn och frister',
  duties: {
    lead: 'Svaren avgör vilken tillsynsmyndighet som visas och hur vissa frister räknas. De två lagarna delar in landet olika: ange båda.',
    notGiven: 'inte angivet',
    county: 'Län',
    noon: 'DORA: klockan tolv nästa arbetsdag',
    noonHelp:
      'Kreditinstitut, centrala motparter, handelsplatser, verksamhetsutövare enligt NIS2 och utpekade företag är undantagna (artikel 5.5–5.6). Utan svar visas den tidigare tiden.',
    noonApplies: 'gäller oss',
    noonExcluded: 'vi är undantagna',
    sectors: 'Sektorer enligt cybersäkerhetslagen',
    sectorsHelp:
      'Kryssa alla som verksamheten hör till. De föreslås som svar i bedömningen enligt cybersäkerhetslagen. Rapporten ' +
      'lämnas ändå till CSIRT-enheten.',
    sectorsToChoose: (names: readonly string[]) =>
      `Tidigare angavs ${names.join(', ')}. Kryssa vilken del det gäller, och spara.`,
    security: 'Tillsyn över säkerhetsskyddet (8 kap. 1 § säkerhetsskyddsförordningen)',
    securityHelp: 'Sparas bara i skyddade rummet.',
    securityHidden: 'Svaret ligger i skyddade rummet. Lås upp båda rummen för att se och ändra.',
    supervisors: 'Tillsynsmyndigheter, som det är sparat',
    countyMissing: 'Länsstyrelsen; ange län',
    supervisor: (authority: string, act: string, group: string, provision: string, confidence: string) =>
      `${authority}, enligt ${act}: ${group} (${provision}). Källa: ${confidence}.`,
    starts: 'Varifrån tiden räknas',
    startsHelp: 'Källorna är inte eniga. Identifieringen är tidigare och därför säkrare.',
    targets: 'Egna mål där lagen säger skyndsamt',
    targetsHelp:
      'Hela timmar från starten. Ett eget mål är ingen rättsregel och kallas aldrig försenat. Tomt: det som regelpaketet föreslår.',
    noProposal: 'inget förslag',
    proposal: (hours: number) => `förslag: ${hours} h`,
    targetWrong: 'Skriv hela timmar, högst 720.',
    save: 'Spara tillsyn och frister',
  },
  quit: 'Avsluta Sigill',
} as const;

export const helpText = {
  title: 'Hjälp',
  pages: 'Kapitel i handboken',
} as const;
