import { counted } from './plural.ts';
import type { Confidence } from '../../shared/domain/rules.ts';

type Reason = 'never' | 'old' | 'behind' | 'jump';

export const deadlinesText = {
  title: 'Det som ska göras',
  none: 'Inget löper just nu.',
  noneHelp: 'Frister visas när en incident som pågår har ett regelverk.',
  more: (count: number) => `Och ${count} till. De står på incidenternas flik Frister.`,
  waitingTitle: 'Väntar på starthändelse',
  waitingFor: (label: string) => `Väntar på: ${label}`,
  asap: 'Skyndsamt',
  elapsed: (text: string) => `${text} har gått sedan kännedom`,
  elapsedUnknown: 'Tiden för kännedom är inte angiven.',
  left: (text: string) => `${text} kvar`,
  provisionalPassed: 'Klassificering saknas',
  provisional: 'Starttiden saknas: detta är den yttersta gränsen.',
  latest: (moment: string) => `Senast ${moment}`,
  target: (moment: string) => `Sikta på ${moment}`,
  extendedFrom: (moment: string) => `Förlängd från ${moment}`,
  ownTarget: (moment: string) => `Eget mål ${moment}`,
  ownTargetPassed: (moment: string) => `Eget mål passerat: ${moment}`,
  ownTargetUnknown: (hours: number) => `Eget mål: ${hours} h från starten`,
  ownTargetLabel: 'Eget mål',
  ownTargetHelp: (hours: number, note: string) => `${counted(hours, 'En timme', 'timmar')}. ${note}`,
  unconfirmedRule: 'Obekräftad regel',
  internalRoutine: 'Intern rutin',
  readOnly: 'Upphävt, bara för läsning',
  postBy: 'Postas',
  postByHelp: (date: string, ways: string) =>
    `Senast ${date} för att vara framme i tid (${ways}). Sigills försiktiga mått: räkna med när brevet kommer fram.`,
  supervision: 'Tillsyn',
  supervisedBy: (authority: string, group: string) => `${authority} (${group})`,
  supervisedUnknown: (group: string) => `${group}: länet är inte angivet under Inställningar`,
  late: (text: string) => `Försenad ${text}`,
  lateTitle: 'Sen rapport',
  lateAsks: (provision: string, before: boolean) =>
    before
      ? `Går fristen inte att hålla ska myndigheten få veta det, med skäl, senast när den löper ut (${provision}).`
      : `En sen rapport ska motiveras (${provision}).`,
  lateGiven: 'Skälet är skrivet och står i rapporten.',
  lateMissing: 'Skälet är inte skrivet.',
  writeReason: 'Skriv skälet …',
  changeReason: 'Ändra skälet …',
  reasonIn: (form: string, action: string) => `${action.replace(/ …$/, '')} i ${form} …`,
  request: 'Begärd …',
  requestDue: 'Ska vara lämnad senast',
  requestAt: 'När den begärdes',
  clockUnconfirmed: 'obekräftad klocka',
  source: (confidence: string) => `Källa: ${confidence}`,
  sourceHelp: {
    statute: null,
    official: null,
    secondary: 'Återgiven i andra hand. Jämför med gällande föreskrift.',
    unconfirmed: 'Inte bekräftad mot gällande föreskrift.',
  } satisfies Record<Confidence, string | null>,
  how: 'Så är fristen räknad',
  howOf: (step: string) => `Så är fristen räknad: ${step}`,
  rule: 'Regel',
  from: 'Räknas från',
  notGiven: 'inte angivet',
  earlier: (at: string) => `tidigare värde: ${at}`,
  recipients: 'Mottagare',
  channels: 'Vägar',
  sources: 'Källor',
  checked: (reference: string, date: string) => `${reference} (kontrollerad ${date})`,
  next: {
    call: 'Ring CERT-SE',
    report: 'Skriv rapport',
    incident: 'Öppna incidenten',
  },
  nextOf: (action: string, step: string, title: string) => `${action}: ${step}, ${title}`,
  done: 'Markera som klart',
  notApplicable: 'Gäller inte …',
  reopen: 'Öppna igen …',
  actionOf: (action: string, step: string, title: string) =>
    `${action.replace(/ …$/, '')}: ${step}, ${title}`,
  at: 'När',
  note: 'Anteckning (behövs inte)',
  reason: 'Skäl',
  noteHelp: 'Stannar i samma rum som regelverket. Skriv inget säkerhetsskyddsklassificerat i öppna rummet.',
  save: {
    done: 'Spara som klart',
    'not-applicable': 'Spara att det inte gäller',
    reopened: 'Öppna igen',
    requested: 'Spara begäran',
  },
  dialog: {
    done: (step: string) => `Klart: ${step}`,
    'not-applicable': (step: string) => `Gäller inte: ${step}`,
    reopened: (step: string) => `Öppna igen: ${step}`,
    requested: (step: string) => `Begärd: ${step}`,
  },
  doneAt: (at: string, by: string) => `Klart ${at}, antecknat av ${by}`,
  notApplicableAt: (at: string, by: string) => `Gäller inte, beslutat ${at}, antecknat av ${by}`,
  notApplicableByRule: 'Gäller inte',
  wasLate: 'Efter fristens utgång',
  onRequest: 'Vid behov eller på begäran',
  unknownRegime: (incident: string, regime: string) =>
    `${incident}: regelverket ${regime} finns inte i regelpaketet. Inga frister räknas för det.`,
  unreadableRules: (incident: string, reason: string) => `${incident}: inga frister räknas. ${reason}`,
  noRegimes: 'Incidenten har inget regelverk med frister i de rum som är upplåsta.',
  exercise: 'ÖVNING',
} as const;

export const calendarText = {
  open: 'Kalenderfil …',
  title: 'Frister som kalenderfil (.ics)',
  lead: 'Filen säger bara en neutral referens och en tid, till exempel "Frist: K7M2-9QXA-4D1F". Det som är klassat eller rör säkerhetsskydd är aldrig med.',
  named: 'Låt filen också säga vad fristerna gäller: steg, regelverk och rubrik. Det kräver ett beslut.',
  reason: 'Beslut och skäl',
  decidedBy: 'Vem har beslutat',
  decidedByHelp: 'Lämna tomt om det är du.',
  write: 'Skriv filen …',
  saveTitle: 'Var ska kalenderfilen skrivas?',
  fileName: 'frister.ics',
  written: (events: number, path: string) =>
    `${events} ${events === 1 ? 'frist' : 'frister'} skrevs till ${path}.`,
} as const;

const secondsOf = (seconds: number): string => counted(Math.abs(seconds), 'en sekund', 'sekunder');

export const clockText = {
  title: 'Datorns klocka',
  needed: 'Datorns klocka behöver bekräftas',
  reason: {
    never: 'Ingen har jämfört datorns klocka med en annan. Alla frister räknas med den.',
    old: 'Bekräftelsen är äldre än ett dygn, och något pågår.',
    behind: 'Klockan visar en tid före det senaste som gjordes i valvet.',
    jump: 'Klockan har hoppat, eller datorn har varit i vila.',
  } satisfies Record<Reason, string>,
  moved: (seconds: number) => `Skillnad: ${secondsOf(seconds)} ${seconds < 0 ? 'bakåt' : 'framåt'}.`,
  compare: 'Jämför med en klocka du litar på, till exempel Fröken Ur, 90 510.',
  method: 'Vilken klocka jämförde du med?',
  direction: 'Datorns klocka',
  directions: { right: 'går rätt', ahead: 'går före', behind: 'går efter' },
  seconds: 'Hur många sekunder?',
  secondsWrong: 'Skriv hela sekunder, högst 86400.',
  large: 'Skillnaden är stor. Ställ datorns klocka och bekräfta igen.',
  confirm: 'Bekräfta klockan',
  confirmed: (at: string, by: string, method: string) => `Bekräftad ${at} av ${by}, mot ${method}.`,
  offset: (seconds: number) =>
    seconds === 0
      ? 'Klockan gick rätt.'
      : `Klockan gick ${secondsOf(seconds)} ${seconds > 0 ? 'före' : 'efter'}.`,
  again: 'Bekräfta igen',
} as const;
