import type { IncidentDraft } from '../shared/domain/incident-file.ts';
import type { FactId, LogKind, TimeId } from '../shared/domain/incident.ts';
import { makeMarking, type Level, type Marking } from '../shared/domain/marking.ts';

/** Made-up incidents of the size that real ones have. The same number always gives the same incident. */

const OPEN = makeMarking('oppen');
const SECRECY = makeMarking('sekretess', ['18 kap. 8 § OSL']);
const CLASSIFIED = makeMarking('hemlig', ['15 kap. 2 § OSL']);

const WHAT = [
  'Utpressningsprogram på filservrar',
  'Strömavbrott i datorhallen',
  'Felaktig uppdatering av katalogtjänsten',
  'Nätfiske mot ekonomiavdelningen',
  'Överbelastningsangrepp mot e-tjänsterna',
  'Borttappad bärbar dator',
  'Avgrävd fiber till stadshuset',
  'Obehörig inloggning i journalsystemet',
  'Utgånget certifikat i inloggningen',
  'Läckta uppgifter hos leverantör',
] as const;
const WHERE = ['Kalix', 'Ådalen', 'Örebro', 'Åmål', 'Umeå', 'Östersund', 'Växjö', 'Borås', 'Gävle'] as const;
const WORDS = (
  'server logg larm drift personal system nät reserv avbrott angrepp kopia uppgift tjänst leverantör ' +
  'åtgärd vårdtagare betalning inloggning ventilation skrivare telefoni jour säkerhet övervakning lön schema'
).split(' ');
const FACTS: readonly FactId[] = [
  'handelse',
  'handelseforlopp',
  'upptackt-hur',
  'parter',
  'system',
  'omfattning',
  'konsekvenser',
  'orsak',
  'atgarder-vidtagna',
  'kvarstaende-risker',
  'kostnad',
  'lardomar',
];
const TIMES: readonly TimeId[] = ['occurred', 'detected', 'aware', 'contained'];
const LOG: readonly LogKind[] = ['upptackt', 'bedomning', 'atgard', 'kommunikation', 'aterstallning'];
const MINUTE_MS = 60_000;
const START = Date.UTC(2024, 0, 1);

/** Small and the same on every machine (mulberry32); nothing here is secret. */
function randomFrom(seed: number): (below: number) => number {
  let state = seed + 0x6d2b79f5;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below;
  };
}

/** How one in so many incidents differ: one in ten has a protected part, one in twenty is an exercise. */
export function caseOf(number: number): IncidentDraft {
  const random = randomFrom(number);
  const pick = <T>(from: readonly T[]): T => from[random(from.length)] as T;
  const sentence = (words: number): string => {
    const text = Array.from({ length: words }, () => pick(WORDS)).join(' ');
    return `${text[0]?.toUpperCase()}${text.slice(1)}.`;
  };
  const isParted = number % 10 === 3;
  const marking = (open: Level): Marking => (open === 'sekretess' ? SECRECY : OPEN);
  const begun = START + number * 97 * MINUTE_MS;
  const at = (minutes: number): string => new Date(begun + minutes * MINUTE_MS).toISOString();
  return {
    exercise: number % 20 === 7,
    organisationKind: 'kommun',
    regimes: ['KOMMUN-RUTIN'],
    title: {
      text: `${pick(WHAT)}, ${pick(WHERE)} ${number}`,
      marking: number % 50 === 13 ? CLASSIFIED : OPEN,
    },
    times: TIMES.map((id, index) => ({ id, at: at(index * 45), precision: 'exact', marking: OPEN })),
    facts: FACTS.slice(0, 8 + random(5)).map((id) => ({
      id,
      text: sentence(id === 'handelseforlopp' ? 60 : 18),
      codes: [],
      marking:
        isParted && id === 'system' ? CLASSIFIED : marking(id === 'omfattning' ? 'sekretess' : 'oppen'),
    })),
    log: LOG.map((kind, index) => ({
      at: at(60 + index * 30),
      kind,
      text: sentence(12),
      by: 'Anna Andersson',
      marking: isParted && index === 2 ? CLASSIFIED : OPEN,
    })),
  };
}
