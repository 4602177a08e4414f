import { formatShortTime } from '../../reports/time.ts';
import type { Incident } from '../../../shared/domain/incident.ts';
import { POINTER_SENTENCE } from '../../../shared/domain/incident.ts';
import { describeMarking, joinMarkings, LEVEL_NAME, type Marking } from '../../../shared/domain/marking.ts';
import {
  FACT_LABEL,
  LOG_KIND_NAME,
  ORGANISATION_KIND_NAME,
  STATE_NAME,
  TIME_LABEL,
} from '../../../shared/domain/words.ts';
import { swedishDate, swedishTime } from '../../../shared/domain/swedish-time.ts';
import { table, type Columns } from './layout.ts';

/** Nothing is said of what is open: what is marked then stands out. */
function markingNote(marking: Marking): string {
  return marking.level === 'oppen' ? '' : ` [${describeMarking(marking)}]`;
}

function titleOf(incident: Incident): string {
  const text = incident.title?.text ?? POINTER_SENTENCE;
  return incident.exercise && !text.startsWith('ÖVNING') ? `ÖVNING: ${text}` : text;
}

/** One row for each incident, the newest first. */
export function describeIncidents(incidents: readonly Incident[], columns: Columns): string {
  if (incidents.length === 0) return 'Det finns inga incidenter i de rum som är upplåsta.\n';
  return table(
    incidents.map((incident) => [
      incident.id,
      swedishDate(new Date(incident.createdAt)),
      STATE_NAME[incident.state],
      titleOf(incident) +
        (incident.title && incident.title.marking.level !== 'oppen'
          ? ` [${LEVEL_NAME[incident.title.marking.level]}]`
          : ''),
    ]),
    columns,
  );
}

/**
 * An incident as it stands in the rooms that are open. In brackets and after the names stands what a person types to
 * change the value (`--fact`).
 */
export function describeIncident(incident: Incident): string {
  const markings = [
    ...(incident.title ? [incident.title.marking] : []),
    ...[...incident.times, ...incident.facts, ...incident.log].map(({ marking }) => marking),
  ];
  const lines = [
    incident.id,
    titleOf(incident) + (incident.title ? ` (titel)${markingNote(incident.title.marking)}` : ''),
    '',
    `Läge: ${STATE_NAME[incident.state]}. ${ORGANISATION_KIND_NAME[incident.organisationKind]}. ` +
      `Regimer: ${incident.regimes.join(', ') || 'inga'}. Inläst ${swedishTime(new Date(incident.createdAt))}.`,
    `Högsta märkning i visningen: ${describeMarking(joinMarkings(markings))}`,
    // The fixed sentence, once, and no other word of what lies behind the locked door.
    ...(incident.protectedPartHidden && incident.title ? [POINTER_SENTENCE] : []),
    ...(incident.times.length > 0 ? ['', 'TIDER (svensk tid)'] : []),
    ...incident.times.map(
      ({ id, at, precision, marking }) =>
        `  ${TIME_LABEL[id]}: ${formatShortTime(at, precision)} (tid:${id})${markingNote(marking)}`,
    ),
    ...(incident.facts.length > 0 ? ['', 'UPPGIFTER (en uppgift utan angiven märkning är öppen)'] : []),
    ...incident.facts.flatMap((fact) => [
      `  ${FACT_LABEL[fact.id]} (${fact.id})${markingNote(fact.marking)}`,
      ...(fact.codes.length > 0 ? [`    Val: ${fact.codes.join('; ')}`] : []),
      ...indented(fact.text),
    ]),
    ...(incident.log.length > 0 ? ['', 'HÄNDELSELOGG (svensk tid)'] : []),
    ...incident.log.flatMap((entry) => [
      `  ${formatShortTime(entry.at, 'exact')}, ${LOG_KIND_NAME[entry.kind]}${entry.by === null ? '' : `, ${entry.by}`} ` +
        `(logg:${entry.key})${markingNote(entry.marking)}`,
      ...indented(entry.text),
    ]),
  ];
  return `${lines.join('\n')}\n`;
}

/** A text of several lines stays under its heading. */
export function indented(text: string): string[] {
  return text
    .split(/\r\n?|\n/)
    .filter((line) => line.trim() !== '')
    .map((line) => `    ${line}`);
}
