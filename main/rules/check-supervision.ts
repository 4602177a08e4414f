import type { RuleFile, SupervisionTable } from '../../shared/domain/rules.ts';
import { COUNTIES, SUPERVISION_ACTS } from '../../shared/domain/supervision-schema.ts';

/** A table of supervision answers for every county once, and names no authority that it does not have. */
export function findSupervisionFaults(table: SupervisionTable): { place: string; fault: string }[] {
  const faults: { place: string; fault: string }[] = [];
  const known = new Set(table.authorities.map(({ id }) => id));
  const unique = (ids: readonly string[], place: string): void => {
    ids.forEach((id, index) => {
      if (ids.indexOf(id) !== index) faults.push({ place, fault: `"${id}" finns två gånger.` });
    });
  };
  unique([...table.authorities.map(({ id }) => id)], 'authorities');
  unique([...table.groups.map(({ id }) => id)], 'groups');
  unique([...table.counties.map(({ county }) => county)], 'counties');
  for (const county of COUNTIES)
    if (!table.counties.some((entry) => entry.county === county))
      faults.push({ place: 'counties', fault: `länet "${county}" saknas.` });
  const named = [
    ...table.counties.map(({ county, authority }) => ({ place: `länet ${county}`, authority })),
    ...table.groups.flatMap(({ id, by }) =>
      by.kind === 'authority' ? [{ place: `gruppen ${id}`, authority: by.authority }] : [],
    ),
  ];
  for (const { place, authority } of named)
    if (!known.has(authority))
      faults.push({ place, fault: `myndigheten "${authority}" finns inte i tabellen.` });
  return faults;
}

/**
 * One table for each act: they divide the country in two ways, and neither can stand for the other. It may have several
 * versions, each for its time, as every rule.
 */
export function missingSupervision(
  rules: readonly { readonly file: string; readonly rule: RuleFile }[],
  broken: ReadonlySet<string>,
): string[] {
  const tables = rules.flatMap(({ file, rule }) =>
    rule.kind === 'supervision' ? [{ file, act: rule.act, id: rule.id }] : [],
  );
  const isBroken = [...broken].some((key) => key.startsWith('supervision '));
  return SUPERVISION_ACTS.flatMap((act) => {
    const found = tables.filter((table) => table.act === act);
    if (new Set(found.map(({ id }) => id)).size > 1)
      return [
        `${found.map(({ file }) => file).join(', ')}: det får bara finnas en tillsynstabell för ${act}.`,
      ];
    return found.length === 0 && !isBroken ? [`Tillsynstabellen för ${act} saknas.`] : [];
  });
}
