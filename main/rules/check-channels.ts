import { isProtectedLevel, LEVEL_NAME, LEVELS } from '../../shared/domain/marking.ts';
import {
  CHANNELS,
  type Channel,
  type ChannelAnswer,
  type ChannelTable,
  type ContentClass,
} from '../../shared/domain/rules.ts';

interface TableFault {
  readonly place: string;
  readonly fault: string;
}

/**
 * The ways that no rule file can open for säkerhetsskyddsklassificerade uppgifter. 3 kap. 5 §
 * säkerhetsskyddsförordningen (2021:955) asks for cryptography that Försvarsmakten has approved, and none of these
 * has it. It stands here and not only in the data, because a pack that says otherwise is wrong, whoever signed it.
 */
const NEVER_FOR_PROTECTED: readonly Channel[] = [
  'telefon',
  'epost-okrypterad',
  'epost',
  'kurir',
  'cyberportalen',
  'portal',
];

/** Holes and contradictions in the channel table. */
export function findTableFaults(table: ChannelTable): TableFault[] {
  return [
    ...duplicates(table.classes.map((contentClass) => contentClass.id)).map((id) => ({
      place: '',
      fault: `innehållsklassen "${id}" finns två gånger.`,
    })),
    ...LEVELS.flatMap((level) =>
      findLevelFaults(
        level,
        table.classes.filter((contentClass) => contentClass.level === level),
      ),
    ),
    ...table.classes.flatMap(findClassFaults),
  ];
}

/** Every level needs one class for all that no other class names, and a provision may belong to one class only. */
function findLevelFaults(level: (typeof LEVELS)[number], classes: readonly ContentClass[]): TableFault[] {
  const general = classes.filter((contentClass) => contentClass.basis === null).length;
  const shared = duplicates(classes.flatMap((contentClass) => contentClass.basis ?? []));
  return [
    ...(general === 1
      ? []
      : [
          {
            place: '',
            fault: `${LEVEL_NAME[level]} har ${general} klasser utan bestämmelse ("basis": null), ska ha en.`,
          },
        ]),
    ...shared.map((provision) => ({
      place: '',
      fault: `bestämmelsen "${provision}" står två gånger för ${LEVEL_NAME[level]}.`,
    })),
  ];
}

function findClassFaults(contentClass: ContentClass): TableFault[] {
  const place = `innehållsklassen ${contentClass.id}`;
  return CHANNELS.flatMap((channel) => {
    const answers = contentClass.answers.filter((answer) => answer.channel === channel);
    if (answers.length !== 1) {
      const fault = answers.length === 0 ? 'besvaras inte' : `besvaras ${answers.length} gånger`;
      return [{ place, fault: `kanalen ${channel} ${fault}.` }];
    }
    return answers.flatMap((answer) =>
      findAnswerFaults(contentClass, answer).map((fault) => ({
        place,
        fault: `kanalen ${channel} ${fault}`,
      })),
    );
  });
}

function findAnswerFaults(contentClass: ContentClass, answer: ChannelAnswer): string[] {
  const faults: string[] = [];
  const absolutelyRefused = answer.answer === 'refused' && answer.absolute === true;
  if (
    isProtectedLevel(contentClass.level) &&
    NEVER_FOR_PROTECTED.includes(answer.channel) &&
    !absolutelyRefused
  ) {
    faults.push(
      'ska vara ovillkorligt avvisad för säkerhetsskyddsklassificerade uppgifter (3 kap. 5 § säkerhetsskyddsförordningen (2021:955)).',
    );
  }
  if (answer.answer === 'decision' && (answer.decider === undefined || !answer.conditions?.length)) {
    faults.push('kräver beslut men säger inte av vem och på vilka villkor.');
  }
  if (answer.answer !== 'decision' && (answer.decider !== undefined || answer.conditions !== undefined)) {
    faults.push('har beslutsfattare eller villkor utan att kräva beslut.');
  }
  if (answer.answer !== 'refused' && answer.absolute !== undefined) {
    faults.push('kan inte vara ovillkorlig utan att vara avvisad.');
  }
  return faults;
}

function duplicates(values: readonly string[]): string[] {
  return [...new Set(values.filter((value, index) => values.indexOf(value) !== index))];
}
