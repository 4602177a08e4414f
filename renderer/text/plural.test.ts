import { describe, expect, it } from 'vitest';
import { sv } from './sv.ts';

describe('a count', () => {
  it.each([
    [sv.incidents.found(1, 1), '1 incident'],
    [sv.incidents.found(0, 1), '0 av 1 incident'],
    [sv.incidents.found(2, 3), '2 av 3 incidenter'],
    [sv.incidents.found(0, 0), '0 incidenter'],
    [sv.incidents.imported(1), 'En incident lästes in.'],
    [sv.incident.formLacks(1), 'En obligatorisk uppgift saknas'],
    [sv.incident.formLacks(2), '2 obligatoriska uppgifter saknas'],
    [sv.audit.fine('Öppna rummet', 1, 2), 'Öppna rummet: 1 rad och 2 kontrollpunkter stämmer.'],
    [sv.audit.shown(1, 1), '1 rad'],
    [sv.audit.exported('/x', 1), '1 rad skrevs till /x.'],
    [sv.clock.moved(-1), 'Skillnad: en sekund bakåt.'],
    [sv.clock.offset(7), 'Klockan gick 7 sekunder före.'],
    [sv.call.logWithheld('Vad har hänt?', 1), 'Undanhållet på öppen linje, Vad har hänt? En uppgift.'],
    [sv.expedition.days(1), 'sedan en dag'],
  ])('%s', (text, expected) => expect(text).toBe(expected));
});
