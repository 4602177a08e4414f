import type { AnswerOf } from '../../../shared/contract/contract.ts';
import type { IncidentId } from '../../../shared/domain/incident.ts';
import type { RuleChange } from '../../../shared/domain/rule-pack.ts';
import { rulesInForce } from '../../packs/for-incident.ts';
import { installedRules } from '../../packs/list.ts';
import { pinnedKeys, revokeKey, trustKey } from '../../packs/publishers.ts';
import { inspectRollback, rollBack } from '../../packs/rollback.ts';
import {
  inspectPack,
  inspectShipped,
  takePack,
  takeShipped,
  type PackPlan,
  type SignedPack,
} from '../../packs/take.ts';
import { keyFingerprint, readPublisherKey, type PinnedKey } from '../../rules/signature.ts';
import { incidentRules, takeRulesInForce } from '../incident-rules.ts';
import type { AreaHandlers } from './state.ts';

function keyOf({ fingerprint, publisher, name, isRevoked }: PinnedKey): AnswerOf<'rules.readKey'> {
  return { fingerprint, publisher, name, isRevoked };
}

function changesOf(changes: readonly RuleChange[]) {
  return changes.map((change) => ({ ...change, sentences: [...change.sentences] }));
}

function planOf({ manifest, digest, key, changes }: PackPlan) {
  return { manifest, digest, key: key === null ? null : keyOf(key), changes: changesOf(changes) };
}

function signedOf({ pack, signature }: { readonly pack: string; readonly signature: string }): SignedPack {
  return { pack: Buffer.from(pack, 'base64'), signature: Buffer.from(signature, 'base64') };
}

function secondOf(asked: { readonly secondUser: string; readonly secondPassphrase: string }) {
  return { userName: asked.secondUser, passphrase: Buffer.from(asked.secondPassphrase, 'utf8') };
}

export const rulesHandlers: AreaHandlers<'rules'> = {
  codeLists: (_request, { core }) => [...rulesInForce(core.vault, core.rules).codeLists.values()],
  regimes: (_request, { core }) => [...rulesInForce(core.vault, core.rules).regimes.values()],
  installed(_request, { core }) {
    const vault = core.requireVault();
    const { packs, decisions, keys } = installedRules(vault, core.rules);
    const newer = inspectShipped(vault, core.rules);
    return {
      packs,
      decisions,
      keys: keys.map((key) => ({ ...keyOf(key), decided: key.decided })),
      newer: newer === null ? null : planOf(newer),
    };
  },
  inspect: (request, { core }) => planOf(inspectPack(core.requireVault(), core.rules, signedOf(request))),
  take({ digest, reason, ...request }, { core }) {
    takePack(core.requireVault(), core.rules, signedOf(request), { digest, reason });
    return null;
  },
  takeShipped({ reason }, { core }) {
    takeShipped(core.requireVault(), core.rules, reason);
    return null;
  },
  inspectRollback: ({ target }, { core }) =>
    changesOf(inspectRollback(core.requireVault(), core.rules, target)),
  rollback({ target, reason }, { core }) {
    rollBack(core.requireVault(), core.rules, target, reason);
    return null;
  },
  readKey({ file }, { core }) {
    const key = readPublisherKey(Buffer.from(file, 'base64'));
    const fingerprint = keyFingerprint(key.publicKey);
    const known = pinnedKeys(core.requireVault().requireRoom('open').store).find(
      (one) => one.fingerprint === fingerprint,
    );
    return keyOf(known ?? { ...key, fingerprint, isRevoked: false });
  },
  async trustKey({ file, reason, ...second }, { core }) {
    await trustKey(core.requireVault(), Buffer.from(file, 'base64'), reason, secondOf(second));
    return null;
  },
  async revokeKey({ fingerprint, reason, ...second }, { core }) {
    await revokeKey(core.requireVault(), fingerprint, reason, secondOf(second));
    return null;
  },
  ofIncident: ({ incident }, { core }) =>
    incidentRules(core.requireVault(), core.rules, incident as IncidentId),
  takeForIncident({ incident, reason }, { core }) {
    takeRulesInForce(core.requireVault(), core.rules, incident as IncidentId, reason);
    return null;
  },
};
