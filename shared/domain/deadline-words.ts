import { DEADLINE_ZONE, type Moment, type Piece } from './deadline.ts';
import type { RegimeStep } from './rules.ts';
import { TIME_LABEL } from './words.ts';

/** Deadlines in Swedish: one wording for the window, the terminal and what is printed. */

const day = new Intl.DateTimeFormat('sv-SE', {
  timeZone: 'UTC',
  weekday: 'long',
  year: 'numeric',
  month: '2-digit',
  day: '2-digit',
});
const parts = new Intl.DateTimeFormat('sv-SE', {
  timeZone: DEADLINE_ZONE,
  weekday: 'long',
  year: 'numeric',
  month: '2-digit',
  day: '2-digit',
  hour: '2-digit',
  minute: '2-digit',
});

function pick(format: Intl.DateTimeFormat, at: Date): Record<string, string> {
  return Object.fromEntries(format.formatToParts(at).map(({ type, value }) => [type, value]));
}

/** "måndag 2026-06-22" for a whole day, "fredag 2026-11-06 kl. 13:00" for a point in time; Swedish time. */
export function describeMoment({ at, date }: Moment): string {
  if (date !== null) {
    const { weekday = '' } = pick(day, new Date(`${date}T00:00:00Z`));
    return `${weekday} ${date}`;
  }
  const {
    weekday = '',
    year = '',
    month = '',
    day: number = '',
    hour = '',
    minute = '',
  } = pick(parts, new Date(at));
  return `${weekday} ${year}-${month}-${number} kl. ${hour}:${minute}`;
}

const UNIT = { hour: ['timme', 'timmar'], week: ['vecka', 'veckor'], month: ['månad', 'månader'] } as const;

/** "6 timmar", "1 månad" */
export function describeAmount(amount: number, unit: keyof typeof UNIT): string {
  return `${amount} ${UNIT[unit][amount === 1 ? 0 : 1]}`;
}

/** "Kännedom", "Incidentanmälan lämnad", "på begäran" */
export function describeStart(start: RegimeStep['start'], stepName: (id: string) => string): string {
  if (start === 'none') return 'vid behov eller på begäran';
  const [, step] = start.split(':');
  if (step !== undefined) return `${stepName(step)} lämnad`;
  return TIME_LABEL[start as keyof typeof TIME_LABEL];
}

const HOUR_MS = 3_600_000;

/** After two weeks nobody counts the hours. */
const DAYS_WITHOUT_HOURS = 14;
const dayCount = new Intl.NumberFormat('sv-SE');

/** "2 h 10 min", "3 d 4 h", "12 min", "1 805 d": whole minutes, counted down. A negative time is none. */
export function describeElapsed(milliseconds: number): string {
  const minutes = Math.max(0, Math.floor(milliseconds / 60_000));
  const hours = Math.floor(minutes / 60);
  const days = Math.floor(hours / 24);
  if (days >= DAYS_WITHOUT_HOURS) return `${dayCount.format(days)} d`;
  if (hours >= 24) return `${days} d ${hours % 24} h`;
  return milliseconds >= HOUR_MS ? `${hours} h ${minutes % 60} min` : `${minutes} min`;
}

/** One sentence for each step of the arithmetic. */
export function describePiece(piece: Piece): string {
  switch (piece.kind) {
    case 'counted':
      return `${describeAmount(piece.amount, piece.unit)} från starten: ${describeMoment(piece.to)}.${
        piece.unit === 'hour' ? ' Alla timmar räknas, även nätter och helger.' : ''
      }`;
    case 'short-month':
      return `Månaden saknar det datumet; dess sista dag gäller (lag (1930:173) 1 §): ${piece.date}.`;
    case 'capped':
      return `Gränsen ${describeAmount(piece.amount, 'hour')} från kännedom kommer före och gäller: ${describeMoment(piece.to)}.`;
    case 'provisional':
      return `Starttiden är inte angiven. Till dess gäller ${describeAmount(piece.amount, 'hour')} från kännedom: ${describeMoment(piece.to)}. Har det passerat räknas fristen från den egna starttiden.`;
    case 'cap-passed':
      return `Gränsen ${describeAmount(piece.amount, 'hour')} från kännedom hade redan passerat och gäller inte.`;
    case 'extended':
      return piece.rule === 'SFS1930:173'
        ? `${capital(describeMoment(piece.from))} är ingen vardag (${piece.why}): nästa vardag gäller enligt lag (1930:173) 2 §: ${describeMoment(piece.to)}.`
        : `${capital(describeMoment(piece.from))} är ingen arbetsdag (${piece.why}): klockan tolv nästa arbetsdag gäller: ${describeMoment(piece.to)}.`;
    case 'not-extended':
      return `Fristen infaller inte på en arbetsdag (${piece.why}). Förlängning till klockan tolv nästa arbetsdag gäller inte alla företag; här visas den tidigare tiden.`;
    case 'holidays-unknown':
      return `Helgdagarna för ${piece.year} finns inte i regelpaketet. Fristen är inte förlängd.`;
  }
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
