export const portalText = {
  title: 'Kopieringsläge',
  open: 'Kopieringsläge …',
  lead: 'Portalen fylls i på en annan dator. Här står det som ska in i den, fält för fält i formulärets ordning, och bara det som kanalen får ta emot.',
  backToReport: 'Tillbaka till rapporten',
  what: 'Vad som ska lämnas',
  limited: 'Begränsad version: sekretess är med, inget klassat',
  openVersion: 'Öppen version: bara öppna uppgifter',
  missing: 'Obligatoriskt som saknas',
  missingHelp: 'Fyll i det i rapporten först. Saknas ett svar ännu, skriv att det inte är känt.',
  refused: 'Grinden tillåter inte den här versionen i portalen. Välj öppen version.',
  make: 'Gör kopieringsblad',
  makeFiles: 'Gör blad som filer …',
  makeFilesTitle: 'Välj var kopieringsbladet ska läggas',
  makeHelp:
    'Handlingen sparas som den är nu och står i spårbarheten och bland expedieringarna. Ändras något sedan görs ett nytt blad.',
  reserve: 'Portalen går inte att använda: reservförfarande',
  reserveReason: 'Orsak (driftstörning, inloggning …)',
  reserveLimit: 'Fristen som löper (datum och tid)',
  sheet: 'Kopieringsblad',
  frozen: (at: string) => `Som handlingen var ${at}.`,
  place: 'Portalens adress',
  progress: (done: number, all: number) => `${done} av ${all} fält kopierade`,
  copy: 'Kopiera',
  copied: 'Kopierat',
  copyOf: (label: string) => `Kopiera ${label}`,
  withheld:
    'En uppgift här är utelämnad: portalen får inte rymma den. Lämna den en annan väg, och fråga mottagaren om fältet måste fyllas i.',
  nothing: 'Inget att skriva',
  over: (count: number) => `${count} tecken för långt för portalens fält`,
  clipboard: 'Urklipp töms av sig självt efter en stund.',
  doneTitle: 'När portalen har tagit emot rapporten',
  reference: 'Incident-ID eller ärendenummer från portalen',
  referenceHelp: 'Cyberportalen ger ett eget id för varje steg.',
  receipt: 'Kvittens (behövs inte)',
  at: 'När den lämnades',
  step: (step: string, regime: string) => `Markera steget ${step} (${regime}) som klart`,
  done: 'Registrera inlämningen',
  handedIn: (at: string) => `Inlämnad ${at}.`,
} as const;

export const fieldsText = {
  title: 'Fyll i',
  lead: 'Uppgifter delas av alla rapporter. Det som bara det här formuläret frågar efter stannar i det.',
  answered: 'Besvarat',
  missing: 'Saknas',
  empty: 'Inget svar',
  edit: 'Ändra',
  write: 'Skriv',
  editOf: (verb: string, label: string) => `${verb} ${label}`,
  own: 'Bara i det här formuläret',
} as const;

export const personalDataText = {
  title: 'Personuppgifter i rapporten',
  field: (label: string, kinds: readonly string[]) => `${label} – ${kinds.join(', ')}`,
  mask: 'Maska personuppgifter',
  help: 'Ett fast ord står i stället i rapporten, till exempel [personnummer]. Uppgifterna i incidenten ändras inte. Namn hittas inte: läs igenom.',
  always: 'På öppen linje är de alltid maskade.',
} as const;

export const supplementText = {
  label: 'Komplettering eller korrigering av det som senast skickades',
  of: 'Rättelsen gäller det som gick till',
  ofHelp: 'Flera har fått handlingen. Var och en ska ha en rättelse av just det som de fick.',
  changedTitle: 'Ändrat efter att det skickades',
  changedLead: 'Uppgifter i det som har skickats har ändrats sedan dess. Bedöm om det ska kompletteras.',
  changedFields: (labels: readonly string[]) => `Ändrat: ${labels.join(', ')}`,
  more: (count: number) => `Och ${count} till. De står på sina incidenter.`,
  make: 'Gör komplettering …',
  makeOf: (form: string, incident: string, whom: string) =>
    `Gör komplettering: ${form}, ${incident}${whom === '' ? '' : `, till ${whom}`}`,
  sent: (whom: string, at: string) => `Skickat ${at}${whom === '' ? '' : ` till ${whom}`}.`,
  notTold: (whom: string, at: string) =>
    `Gjort ${at}${whom === '' ? '' : ` för ${whom}`} och inte registrerat som avsänt. Registrera att det har gått, eller makulera det.`,
} as const;
