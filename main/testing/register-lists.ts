import type { IncidentId } from '../../shared/domain/incident.ts';
import { designationOf, NO_DETAILS, type MoveDetails } from '../../shared/domain/register.ts';
import { LIST_KINDS, type ListKind } from '../../shared/domain/register-lists.ts';
import { sortIntoRoom, type Room } from '../../shared/domain/room.ts';
import { insertDispatch } from '../dispatches/repository.ts';
import { finishInventory, startInventory, tickCopy } from '../register/inventory/service.ts';
import { renderListPdf } from '../register/list-pdf.ts';
import { listDocument, makeList } from '../register/lists.ts';
import { addMedium, recordMediumEvent } from '../register/media/service.ts';
import { giveNumber, planNumber } from '../register/numbering.ts';
import { changeWords, listRegister, moveCopy } from '../register/service.ts';
import type { EntryView } from '../register/view.ts';
import { loadRulePack } from '../rules/load.ts';
import type { Vault } from '../vault/session.ts';
import { at, draftWith, importOne } from './incidents.ts';
import { USER } from './vault.ts';

/** The lists of a register with some documents of each kind, drawn from a real vault. */

const rules = loadRulePack();

function register(
  vault: Vault,
  level: 'sekretess' | 'hemlig',
  copies: number,
  words: readonly [string, string],
) {
  const incident: IncidentId = importOne(
    vault,
    draftWith(level === 'hemlig' ? { kostnad: ['En del', level] } : {}),
  );
  const sorted = sortIntoRoom(JSON.stringify({ marking: at(level), sections: [] }), at(level));
  const unlocked = vault.requireRoom<Room>(sorted.room);
  const madeAt = vault.now().toISOString();
  const row = {
    ...{ id: `d-${incident}`, incidentId: incident, form: 'kommun-slutrapport', version: 'full' },
    ...{ way: 'kuvert' as const, isDraft: false, documentHash: 'h', madeAt, madeBy: USER },
    details: JSON.stringify({ marking: at(level), openLevel: null, copies, recipient: 'sakerhetspolisen' }),
  };
  vault.transaction(unlocked, () => {
    if (sorted.room === 'open') insertDispatch(vault.requireRoom('open').store, row, sorted.marked);
    else insertDispatch(vault.requireRoom('protected').store, row, sorted.marked);
    giveNumber(vault, unlocked, planNumber(vault, unlocked, incident, copies), {
      ...{ dispatchId: row.id, incidentId: incident, level, at: madeAt, by: USER },
    });
  });
  const entry = listRegister(vault, rules, sorted.room).find(({ dispatch }) => dispatch === row.id);
  if (!entry) throw new TypeError('A document without a number.');
  const [correspondent, summary] = words;
  changeWords(vault, rules, sorted.room, entry.serial, {
    ...{ correspondent, summary, omitCorrespondent: false, omitSummary: level === 'hemlig' },
  });
  return entry;
}

/** Fills both registers, and draws every list. @returns bytes by kind; the extract from the open one, the rest from the protected */
export async function drawRegisterLists(vault: Vault): Promise<Map<ListKind, Uint8Array>> {
  const now = (): string => vault.now().toISOString();
  const move = (
    entry: EntryView,
    copy: number,
    name: Parameters<typeof moveCopy>[2],
    told: Partial<MoveDetails> = {},
  ) => moveCopy(vault, entry.copies[copy]?.code ?? '', name, now(), { ...NO_DETAILS, ...told });
  const report = register(vault, 'hemlig', 3, ['Säkerhetspolisen', 'Slutrapport, säkerhetshotande händelse']);
  move(report, 0, 'hand-out', { holder: 'Bo Åström', external: false });
  move(report, 1, 'hand-out', { holder: 'Karin Ek', external: false });
  move(report, 1, 'return');
  move(report, 1, 'destroy', { how: 'branning', witness: 'Eva Lind' });
  register(vault, 'hemlig', 1, ['Försvarsmakten', 'Underrättelse']);
  register(vault, 'sekretess', 2, ['CERT-SE', 'Incidentanmälan']);
  register(vault, 'sekretess', 1, ['Integritetsskyddsmyndigheten', 'Anmälan av personuppgiftsincident']);
  const medium = addMedium(vault, 'M-014', 'usb', 'hemlig');
  recordMediumEvent(vault, medium.code, 'written', now(), { what: 'handling 001', how: null, witness: null });
  addMedium(vault, 'M-015', 'usb', 'hemlig');
  const inventory = startInventory(vault, rules, 'protected', true);
  const [first] = inventory.copies;
  if (first) tickCopy(vault, rules, 'protected', first.code, 'scan');
  finishInventory(vault, rules, 'protected', null);
  const drawn = new Map<ListKind, Uint8Array>();
  for (const kind of LIST_KINDS) {
    const room: Room = kind === 'extract' ? 'open' : 'protected';
    const list = makeList(vault, rules, room, kind);
    const document = listDocument(vault, room, list);
    const numbering = planNumber(vault, vault.requireRoom<Room>(room), null, 1);
    const number = { designation: designationOf(numbering, 1), code: numbering.codes[0] ?? '' };
    const stamp = room === 'protected' ? { number } : {};
    drawn.set(kind, await renderListPdf({ document, list, ...stamp }));
  }
  return drawn;
}
