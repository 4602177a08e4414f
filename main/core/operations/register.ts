import type { IncidentId } from '../../../shared/domain/incident.ts';
import type { Room } from '../../../shared/domain/room.ts';
import {
  finishInventory,
  inventoriesOf,
  nextInventory,
  startInventory,
  tickCopy,
} from '../../register/inventory/service.ts';
import { registerIncoming } from '../../register/incoming.ts';
import { addMedium, mediaOf, recordMediumEvent } from '../../register/media/service.ts';
import { registerSettings, setDiaryNumber } from '../../register/numbering.ts';
import { changeSettings } from '../register-settings.ts';
import { decisionOf, secondOf } from './order.ts';
import { readDiary } from '../../register/repository.ts';
import {
  addToDistribution,
  changeWords,
  findByCode,
  listOutstanding,
  listRegister,
  moveCopy,
  strikeFromDistribution,
} from '../../register/service.ts';
import { askGateOfList, printList } from '../register.ts';
import type { AreaHandlers } from './state.ts';

export const registerHandlers: AreaHandlers<'register'> = {
  entries: ({ room }, { core }) => listRegister(core.requireVault(), core.rules, room),
  find: ({ code }, { core }) => findByCode(core.requireVault(), core.rules, code),
  outstanding: (_request, { core }) => listOutstanding(core.requireVault(), core.rules),
  move({ code, move, at, ...details }, { core }) {
    const vault = core.requireVault();
    moveCopy(vault, code, move, at, details);
    return findByCode(vault, core.rules, code);
  },
  changeWords: ({ room, serial, ...words }, { core }) =>
    changeWords(core.requireVault(), core.rules, room, serial, words),
  addToDistribution: ({ room, serial, name }, { core }) =>
    addToDistribution(core.requireVault(), room, serial, name),
  strikeFromDistribution: ({ room, serial, position }, { core }) =>
    strikeFromDistribution(core.requireVault(), room, serial, position),
  settings: ({ room }, { core }) => registerSettings(core.requireVault().requireRoom<Room>(room).store),
  changeSettings: ({ room, second, ...settings }, { core }) =>
    changeSettings(core.requireVault(), room, settings, secondOf(second)),
  setDiary({ room, incident, number }, { core }) {
    setDiaryNumber(core.requireVault(), room, incident as IncidentId, number);
    return null;
  },
  diary: ({ incident }, { core }) =>
    core
      .requireVault()
      .unlockedRooms()
      .map(({ room, store }) => ({ room, number: readDiary(store, incident as IncidentId) })),
  addIncoming: ({ incident, ...order }, { core }) =>
    registerIncoming(core.requireVault(), core.rules, { incidentId: incident as IncidentId, ...order }),
  inventoryDue(_request, { core }) {
    const vault = core.requireVault();
    return vault.unlockedRooms().flatMap(({ room }) => {
      const due = nextInventory(vault, core.rules, room);
      return due === null ? [] : [{ room, ...due }];
    });
  },
  inventories: ({ room }, { core }) => inventoriesOf(core.requireVault(), core.rules, room),
  startInventory: ({ room, independent }, { core }) =>
    startInventory(core.requireVault(), core.rules, room, independent),
  tick: ({ room, code, how }, { core }) => tickCopy(core.requireVault(), core.rules, room, code, how),
  finishInventory: ({ room, note }, { core }) => finishInventory(core.requireVault(), core.rules, room, note),
  media: ({ room }, { core }) => mediaOf(core.requireVault().requireRoom<Room>(room)),
  addMedium: ({ label, kind, level }, { core }) => addMedium(core.requireVault(), label, kind, level),
  recordMedium: ({ code, event, at, ...details }, { core }) =>
    recordMediumEvent(core.requireVault(), code, event, at, details),
  gate: (order, { core }) => askGateOfList(core.requireVault(), core.rules, order),
  async print(order, { core, progress, signal }) {
    progress('Sidorna görs');
    const decided = { ...order, decision: decisionOf(order.decision) };
    const vault = core.requireVault();
    const { pdf, number } = await printList(vault, core.rules, decided, core.drawing(signal), signal);
    return { pdf: Buffer.from(pdf).toString('base64'), number };
  },
};
