import { counted } from './plural.ts';
import { CALL_REFUSAL_TEXT } from '../../shared/domain/standard-text.ts';
import type { QuestionId, TreeAnswer } from '../../shared/domain/decision-tree.ts';

interface QuestionText {
  readonly question: string;
  readonly help: string;
  readonly provision: string;
}

const questions: Readonly<Record<QuestionId, QuestionText>> = {
  sakerhetskanslig: {
    question: 'Kan händelsen eller systemet röra säkerhetskänslig verksamhet?',
    help: 'Är du osäker, svara osäkert. Incidenten skrivs då i skyddade rummet, och i öppna rummet står bara en neutral mening. Det går att flytta därifrån med ett beslut, men det som en gång stått i öppna rummet kan redan ha lästs.',
    provision: '1 kap. 1 § säkerhetsskyddslagen (2018:585)',
  },
  sakerhetshotande: {
    question: 'Är det en säkerhetshotande händelse?',
    help: 'Sådana anmäls skyndsamt till Säkerhetspolisen, och till Försvarsmakten inom dess område.',
    provision: '2 kap. 4 § säkerhetsskyddsförordningen (2021:955)',
  },
  signalskydd: {
    question: 'Rör händelsen nycklar, aktiva kort, kryptoutrustning eller annat signalskydd?',
    help: 'En signalskyddsincident har egna regler och skrivs i skyddade rummet.',
    provision: 'FFS 2021:1 (obekräftad)',
  },
  statlig: {
    question: 'Ska myndigheten rapportera it-incidenten?',
    help: 'Fyra kriterier, och en självständig bedömning. Osäker? Svara osäkert, så öppnas bedömningen när incidenten är skapad.',
    provision: '14 § förordningen (2022:524) om statliga myndigheters beredskap',
  },
  cybersakerhetslagen: {
    question: 'Är incidenten betydande enligt cybersäkerhetslagen?',
    help: 'Den har orsakat eller kan orsaka allvarlig driftstörning eller ekonomisk förlust, eller påverkar andra genom betydande skada. Omfattas ni inte av lagen: svara nej och skriv det som skäl. Säkerhetskänslig verksamhet och klassade uppgifter rapporteras inte här (1 kap. 12 och 13 §§). Osäker? Svara osäkert, så öppnas bedömningen när incidenten är skapad.',
    provision: '2 kap. 5 § cybersäkerhetslagen (2025:1506)',
  },
  'betrodd-tjanst': {
    question: 'Påverkas en betrodd tjänst?',
    help: 'Anmäls inom 24 timmar från kännedom.',
    provision: 'eIDAS-förordningen (EU) nr 910/2014 och cybersäkerhetslagen (2025:1506)',
  },
  dora: {
    question: 'Är det en allvarlig IKT-relaterad incident?',
    help: 'Bedöms enligt kriterierna i förordning (EU) 2024/1772. Osäker? Svara osäkert, så öppnas bedömningen när incidenten är skapad.',
    provision: 'Artikel 19 DORA, förordning (EU) 2022/2554',
  },
  personuppgifter: {
    question: 'Har personuppgifter förstörts, förlorats, ändrats eller röjts?',
    help: 'Anmäls till IMY inom 72 timmar, om det inte är osannolikt att det medför en risk. Då dokumenteras skälet här.',
    provision: 'Artikel 33 dataskyddsförordningen',
  },
  brott: {
    question: 'Misstänks brott?',
    help: 'En polisanmälan ersätter ingen annan rapport. Säkra spår innan system återställs.',
    provision: 'Till exempel dataintrång, 4 kap. 9 c § brottsbalken',
  },
  mottagare: {
    question: 'Ska någon mer informeras?',
    help: 'Uppdragsgivare, mottagare av tjänsten (2 kap. 9 § cybersäkerhetslagen), registrerade (artikel 34 dataskyddsförordningen), leverantörer. Skriv vilka.',
    provision: '2 kap. 9 § cybersäkerhetslagen (2025:1506)',
  },
};

const answers: Readonly<Record<TreeAnswer, string>> = {
  ja: 'Ja',
  osakert: 'Osäkert',
  nej: 'Nej',
  'rojd-uppgift': 'Ja: en säkerhetsskyddsklassificerad uppgift kan ha röjts (punkt 1)',
  'it-incident': 'Ja: it-incident i ett system av betydelse för säkerhetskänslig verksamhet (punkt 2)',
  annan: 'Ja: annan säkerhetshotande händelse (punkt 3)',
};

export const newIncidentText = {
  title: 'Ny incident',
  questionNumber: (number: number) => `Fråga ${number}`,
  questions,
  answers,
  answerLabel: 'Svar',
  reasonOptional: 'Anteckning (behövs inte)',
  reasonRequired: 'Varför inte? Skälet sparas med ditt namn och tiden.',
  previous: 'Föregående fråga',
  next: 'Nästa',
  protectedTitle: 'Skriv inte om händelsen i öppna rummet',
  protectedLocked:
    'Incidenten hör hemma i skyddade rummet, som är låst. Lås upp det för att fortsätta. Inget har skrivits än. Är arbetsstationen inte godkänd för klassen: avbryt, och skriv på papper eller på en arbetsstation som är det.',
  protectedTrack: 'Incidenten skrivs i skyddade rummet. Öppna rummet får bara en neutral pekare.',
  ceilingTooLow:
    'Det här valvet har inte tak för säkerhetsskyddsklassificerade uppgifter. Avbryt här, skriv inget om händelsen, och kontakta säkerhetsskyddschefen.',
  unlock: 'Lås upp skyddade rummet',
  detailsTitle: 'Det du vet nu',
  detailsLead: 'Det går att ändra och fylla på efteråt. Tidpunkterna styr fristerna.',
  titleField: 'Rubrik',
  titleHelp: 'Kort. Inga namn på system om de kan vara känsliga.',
  happened: 'Vad har hänt?',
  detected: 'Upptäcktes',
  aware: 'Kännedom: när organisationen fick veta',
  awareEmpty:
    'Kännedom är tom. De frister som räknas från den börjar inte förrän tiden är skriven; incidenten står då som väntande i Översikt.',
  identified: 'Identifierades som incident',
  level: 'Märkning för det du skriver här',
  exercise: 'Det här är en övning',
  regimes: 'Regelverk som svaren leder till',
  noRegimes: 'Inget regelverk kräver rapport enligt svaren. Besluten sparas ändå.',
  decisions: 'Svaren sparas i händelseloggen',
  create: 'Skapa incidenten',
  reasonLine: (reason: string) => ` Skäl: ${reason}`,
  logLine: (question: string, answer: string, reason: string, version: string) =>
    `${question} ${answer}.${reason} (Beslutsträd ${version})`,
} as const;

export const callText = {
  title: 'Ring CERT-SE',
  numberLabel: 'Telefon, öppen linje',
  open: 'Det här är en öppen telefonlinje',
  openText:
    'Säg inte: klassade uppgifter, namn på system i säkerhetskänslig verksamhet, brister och sårbarheter, personuppgifter, pågående polisåtgärder.',
  refusal: `”${CALL_REFUSAL_TEXT}”`,
  refusalLabel: 'Säg i stället',
  start: 'Starta klockan',
  stop: 'Stoppa klockan',
  clock: 'Samtalstid',
  mayBeSaid: 'Får sägas',
  nothingOpen: 'Det finns ingen öppen uppgift att säga här.',
  withheld: 'Undanhålls på öppen linje',
  withheldParts: (count: number) => counted(count, 'En uppgift undanhålls.', 'uppgifter undanhålls.'),
  note: 'Anteckning om vad som sades',
  receiver: 'Vem svarade',
  caseNumber: 'Ärendenummer hos CERT-SE',
  save: 'Spara samtalet i händelseloggen',
  emptyTitle: 'Inget är antecknat',
  emptyText:
    'Varken mottagare, ärendenummer eller någon anteckning är skriven. Raden säger då bara att ett samtal gjordes, och den kan inte tas bort ur händelseloggen.',
  emptyBack: 'Tillbaka till samtalet',
  emptySave: 'Spara ändå',
  saved: 'Samtalet står nu i händelseloggen.',

  noNumber:
    'Reglerna har inget telefonnummer till CERT-SE som gäller i dag. Sök numret hos myndigheten själv.',
  logHead: (number: string, duration: string | null) =>
    `Samtal med CERT-SE${number === '' ? '' : `, ${number}`}.${duration === null ? '' : ` Längd ${duration}.`}`,
  logReceiver: (name: string) => `Mottagare: ${name}.`,
  logCase: (number: string) => `Ärendenummer: ${number}.`,
  logWithheld: (question: string, count: number) =>
    `Undanhållet på öppen linje, ${question} ${counted(count, 'En uppgift', 'uppgifter')}.`,
  marking: 'Märkning för anteckningarna',
} as const;
