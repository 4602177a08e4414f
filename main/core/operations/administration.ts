import { resolve } from 'node:path';
import { addressStandings, bindKey, checkAddress } from '../../addresses/service.ts';
import { readChain } from '../../audit/repository.ts';
import { listKeys } from '../../keys/repository.ts';
import { listUsers } from '../../vault/repository.ts';
import { resetPassphrases } from '../../vault/reset.ts';
import {
  addUserToRooms,
  changePassphrases,
  removeUserFromRooms,
  type NewPassphrases,
} from '../../vault/users.ts';
import type { Room } from '../../../shared/domain/room.ts';
import { rulesInForce } from '../../packs/for-incident.ts';
import { exportAudit, verifyAudit } from '../audit.ts';
import { distrustRecipientKey } from '../distrust-key.ts';
import {
  createOwn,
  exportOwnKey,
  extendOwn,
  importOwn,
  ownRevocationSheet,
  importRecipientKey,
  verifyRecipientKey,
} from '../keys.ts';
import type { AreaHandlers } from './state.ts';

function given({
  open,
  protected: secret,
}: {
  open?: string | undefined;
  protected?: string | undefined;
}): NewPassphrases {
  return { ...(open === undefined ? {} : { open }), ...(secret === undefined ? {} : { protected: secret }) };
}

export const keysHandlers: AreaHandlers<'keys'> = {
  list: (_request, { core }) =>
    listKeys(core.requireVault().requireRoom('open').store).map(
      ({ armored: _armored, addedAt: _addedAt, addedBy: _addedBy, ...shown }) => shown,
    ),
  async import({ key }, { core, signal }) {
    const { stored, verified, ended } = await importRecipientKey(
      core.requireVault(),
      Buffer.from(key, 'base64'),
      null,
      core.workers.bound(signal),
    );
    const { fingerprint, userIds, algorithm } = stored;
    return { fingerprint, userIds: [...userIds], algorithm, verified, ended };
  },
  async verify({ fingerprint, comparison }, { core, signal }) {
    await verifyRecipientKey(core.requireVault(), fingerprint, comparison, core.workers.bound(signal));
    return null;
  },
  distrust(order, { core }) {
    distrustRecipientKey(core.requireVault(), order);
    return null;
  },
  createOwn: async (choice, { core, signal }) => ({
    fingerprint: await createOwn(core.requireVault(), choice, core.workers.bound(signal)),
  }),
  importOwn: ({ key, passphrase }, { core, signal }) =>
    importOwn(core.requireVault(), Buffer.from(key, 'base64'), passphrase, core.workers.bound(signal)),
  extendOwn: ({ years }, { core, signal }) =>
    extendOwn(core.requireVault(), years, core.workers.bound(signal)),
  async revocationSheet(_request, { core, progress, signal }) {
    progress('Bladet görs');
    const pdf = await ownRevocationSheet(core.requireVault(), core.workers.bound(signal));
    return { pdf: Buffer.from(pdf).toString('base64') };
  },
  exportOwn: ({ out }, { core }) => exportOwnKey(core.requireVault(), resolve(out)),
  addresses: (_request, { core }) => addressStandings(core.requireVault(), core.rules),
  checkAddress(order, { core }) {
    checkAddress(core.requireVault(), core.rules, order);
    return null;
  },
  bind(order, { core }) {
    bindKey(core.requireVault(), core.rules, order);
    return null;
  },
  recipients: (_request, { core }) => [...rulesInForce(core.vault, core.rules).recipients.values()],
};

export const usersHandlers: AreaHandlers<'users'> = {
  list: (_request, { core }) =>
    core
      .requireVault()
      .unlockedRooms()
      .flatMap(({ room, store }) =>
        listUsers(store).map(({ id, name, kind, addedAt, removedAt }) => ({
          room,
          id,
          name,
          kind,
          addedAt,
          removedAt,
        })),
      ),
  add: ({ name, passphrases }, { core }) => addUserToRooms(core.requireVault(), name, given(passphrases)),
  remove: ({ name, rooms }, { core }) => removeUserFromRooms(core.requireVault(), name, rooms),
  async reset({ name, passphrases }, { core }) {
    const { rooms, listedName } = await resetPassphrases(core.requireVault(), name, given(passphrases));
    return { rooms: [...rooms], listedName };
  },
  changePassphrases: ({ passphrases }, { core }) =>
    changePassphrases(core.requireVault(), given(passphrases)),
};

export const auditHandlers: AreaHandlers<'audit'> = {
  entries({ room }, { core }) {
    const { store } = core.requireVault().requireRoom<Room>(room);
    const names = new Map(listUsers(store).map(({ id, name }) => [id, name]));
    return readChain(store.database).map(({ seq, at, actor, action, object, hash }) => ({
      seq,
      at,
      actor: names.get(actor) ?? actor,
      action,
      object,
      hash,
    }));
  },
  verify: (_request, { core }) =>
    verifyAudit(core.requireVault()).map(({ room, entries, checkpoints, remarks }) => ({
      room,
      entries,
      checkpoints,
      remarks: remarks.map(({ text }) => text),
    })),
  export({ room, out }, { core }) {
    const { path, entries } = exportAudit(core.requireVault(), room, out);
    return { path, entries };
  },
};
