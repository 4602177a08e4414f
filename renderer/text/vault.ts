export const unlockText = {
  title: 'Lås upp',
  lead: 'Valvet har två rum med var sin lösenfras. Lås bara upp det rum du behöver.',
  welcome: 'Välkommen till Sigill',
  welcomeLead:
    'Här antecknas it-incidenter och blir de rapporter som lag eller rutin frågar efter. Allt ligger krypterat i ett valv: en mapp på den här datorn, som bara öppnas med lösenfras. Inget skickas över något nät.',
  welcomeNew: 'Första gången',
  welcomeNewLead:
    'En vägledning i sex steg. Ha en skrivare eller ett flyttbart medium till hands, och två kuvert för återställningskoderna.',
  welcomeOld: 'Det finns redan ett valv',
  welcomeOldLead: 'Välj valvets mapp. Namnet slutar på .sigill.',
  vault: 'Valv',
  chooseVault: 'Välj valv …',
  chooseOther: 'Välj ett annat valv …',
  chooseTitle: 'Välj valvets mapp (slutar på .sigill)',
  createNew: 'Skapa ett nytt valv',
  notAVault: 'Mappen är inget valv. Välj en mapp som slutar på .sigill, eller skapa ett nytt valv.',
  folderGone:
    'Valvets mapp finns inte där den låg. Den kan ha flyttats eller bytt namn, eller så sitter mediet inte i. Sigill har inte ändrat eller raderat något. Sätt i mediet eller välj mappen där den ligger nu.',
  room: 'Vilket rum?',
  open: 'Öppna rummet',
  openHelp: 'Öppen och sekretess',
  protected: 'Skyddade rummet',
  protectedHelp: 'Säkerhetsskyddsklassificerade uppgifter',
  user: 'Användare',
  passphrase: 'Lösenfras',
  passphraseMissing: 'Skriv lösenfrasen.',
  recoveryMissing: 'Skriv koden från pappret.',
  submit: 'Lås upp',
  working: 'Låser upp. Det tar någon sekund.',
  recovery: 'Jag har glömt lösenfrasen',
  recoveryTitle: 'Lås upp med återställningskoden',
  recoveryLead:
    'Koden ligger i det förseglade kuvertet: nio grupper om fyra tecken. Stora och små bokstäver spelar ingen roll.',
  recoveryCode: 'Återställningskod',
  usePassphrase: 'Använd lösenfrasen i stället',
  afterRecovery:
    'Ett rum är öppet med återställningsnyckeln. Ge den som har glömt sin lösenfras en ny, längst ned på sidan. Lås sedan, och försegla koden på nytt.',
  wrongHelp: 'Kontrollera Caps Lock, användare och rum och försök igen.',
  locked: 'Låst',
  reasonUser: 'Du låste valvet. Allt som var sparat finns kvar.',
  bothOpenOne: 'Lås upp det andra rummet när du behöver det, uppe till vänster.',
} as const;

export const createText = {
  title: 'Skapa ett valv',
  step: (step: number, total: number) => `Steg ${step} av ${total}`,
  steps: ['Organisation', 'Tak', 'Användare', 'Lösenfraser', 'Platser', 'Pröva koden'],
  organisationLead: 'Uppgifterna står på rapporter och etiketter. De kan kompletteras under Inställningar.',
  organisationName: 'Organisationens namn',
  organisationKind: 'Slag av organisation',
  email: 'E-postadress (behövs bara för krypterad e-post)',
  emailHelp:
    'Funktionsadressen som svar ska gå till. Den står i er egen OpenPGP-nyckel, som skapas med valvet.',
  vaultNameWrong:
    'Skriv ett namn, ingen sökväg: bokstäver, siffror, mellanslag, _ och -, högst 61 tecken, med en bokstav eller siffra först. Platsen väljs nedanför.',
  emailWrong: 'Skriv som namn@exempel.se, eller lämna tomt.',
  ceilingLead:
    'Taket är den högsta nivå som den här arbetsstationen är godkänd för. Valvet tar inte emot något däröver, och taket kan inte höjas i efterhand.',
  ceiling: 'Tak',
  ceilingAsk: 'Innan arbetsstationen får behandla säkerhetsskyddsklassificerade uppgifter kräver lagen:',
  ceilingBase: [
    'En särskild säkerhetsskyddsbedömning är gjord och dokumenterad (3 kap. 1 § säkerhetsskyddsförordningen).',
    'Informationssystemet är godkänt för drift, och godkännandet är dokumenterat (3 kap. 3 § säkerhetsskyddsförordningen).',
  ],
  ceilingConsult:
    'Säkerhetspolisen eller Försvarsmakten är skriftligt samrådd före drift (3 kap. 2 § säkerhetsskyddsförordningen, från konfidentiell).',
  ceilingEmission:
    'Skydd mot röjande signaler är ordnat (3 kap. 4 § säkerhetsskyddsförordningen, från konfidentiell).',
  ceilingConfirm: 'Säkerhetsskyddschefen har beslutat att arbetsstationen får användas för den här nivån.',
  ceilingMissing: 'Bekräfta varje punkt, eller välj ett lägre tak.',
  ceilingOwn:
    'Sigill kan inte pröva det här åt dig. Du intygar det, och det antecknas inte någon annanstans än i din egen dokumentation.',
  userLead: 'Den första användaren får båda rummen. Fler läggs till under Användare.',
  userName: 'Namn',
  userNameHelp: 'Ditt namn, så som det ska stå i spårbarheten.',
  passLead:
    'Två olika lösenfraser, en för varje rum. Dra fyra till sex slumpade ord hellre än att hitta på en mening. Skriv dem inte på datorn.',
  passOpen: 'Lösenfras för öppna rummet',
  passProtected: 'Lösenfras för skyddade rummet',
  passAgain: 'Samma lösenfras en gång till',
  passDifferent: 'De två skrivningarna är inte lika.',
  passSame: 'De två rummen måste ha olika lösenfraser: den som läser av den ena får annars båda.',
  strength: (power: number) => `Omkring 10 upphöjt till ${power} gissningar.`,
  strengthOk: 'Räcker för rummet.',
  strengthNot: 'Räcker inte.',
  placesLead:
    'Valvet blir en mapp. Återställningskoderna blir två PDF-filer i en annan, ny och tom mapp, helst på ett flyttbart medium. Skriv ut dem, lägg dem i var sitt förseglat kuvert och förstör filerna.',
  folder: 'Valvets mapp',
  folderHelp: 'Välj var valvet ska ligga. Mappen får namnet nedan.',
  vaultName: 'Valvets namn',
  recoveryFolder: 'Mapp för återställningskoderna',
  chooseFolder: 'Välj mapp …',
  chooseFolderTitle: 'Välj var valvet ska ligga',
  chooseRecoveryTitle: 'Välj var återställningskoderna ska läggas',
  notChosen: 'Ingen mapp är vald',
  recoverySame:
    'Koderna hamnar bredvid valvet, och den som tar mappen har då båda. Välj en annan plats för koderna, helst ett flyttbart medium.',
  recoverySubfolder: 'aterstallning',
  /** What each step still needs, in order. */
  missing: [
    'Skriv organisationens namn och välj vad den är. En e-postadress är valfri.',
    'Bekräfta varje punkt, eller välj ett lägre tak.',
    'Skriv ditt namn.',
    'Skriv två olika lösenfraser som räcker, var och en två gånger lika.',
    'Välj var valvet ska ligga, och en annan plats för koderna.',
  ],
  create: 'Skapa valvet',
  working: 'Valvet skapas. Det tar några sekunder.',
  proofLead:
    'Valvet är skapat. Skriv ut de två bladen, här eller ur filerna. Skriv sedan av koden från pappret: först då vet du att kuvertet går att använda den natt det behövs.',
  proofFiles: 'Filer att skriva ut och sedan förstöra',
  proofPrint: (room: string) => `Skriv ut koden för ${room} …`,
  proofPrinted: 'Skickat till skrivaren.',
  proofRoom: (room: string) => `Koden för ${room}`,
  proofCheck: 'Pröva koden',
  proofOk: 'Koden öppnar rummet. Lägg pappret i kuvertet och försegla det.',
  proofBoth: 'Båda koderna är prövade. Förstör filerna och lås upp med dina lösenfraser.',
  proofSkip: 'Pröva senare',
  proofSkipTitle: 'Gå vidare utan att pröva koderna?',
  proofSkipText:
    'Valvet fungerar. Men om koden är fel avskriven eller utskriften oläslig går det inte att komma in den dag lösenfrasen är glömd.',
  finish: 'Gå till Lås upp',
  nameMissing: 'Skriv ett namn.',
  chooseFirst: 'Välj först.',
} as const;

export const recoveryText = {
  title: 'Återställningskoder som inte är prövade',
  unproven: (room: string) => `Ingen har prövat koden för ${room}`,
  why: 'Är pappret oläsligt eller borta märks det annars först när alla har glömt sina lösenfraser, och då finns ingen väg in. Hämta kuvertet och pröva koden. Ligger PDF-filen med koden kvar någonstans: skriv ut den, försegla pappret och förstör filen.',
  prove: (room: string) => `Pröva koden för ${room}`,
  dialogLead:
    'Skriv koden från pappret: nio grupper om fyra tecken. Rummet förblir öppet som du har det, och prövningen skrivs i spårbarheten.',
  proven: (room: string) =>
    `Koden öppnar ${room}. Lägg pappret i kuvertet, försegla det, och förstör filen med koden om den ligger kvar.`,
} as const;
