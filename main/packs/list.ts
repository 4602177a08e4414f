import type { PackManifest } from '../../shared/domain/rule-pack.ts';
import type { RulePack } from '../../shared/domain/rules.ts';
import type { PinnedKey } from '../rules/signature.ts';
import { listUsers } from '../vault/repository.ts';
import type { Vault } from '../vault/session.ts';
import { pinnedKeys } from './publishers.ts';
import { listPacks, listPublisherKeyDecisions, listRuleDecisions, setInForce } from './repository.ts';
import { packOf, readManifest } from './stored.ts';
import { currentSet, requireLibrary } from './take.ts';

/** A pack that the vault has, or the program's own. */
export interface InstalledPack {
  readonly manifest: PackManifest;
  readonly digest: string;
  readonly isInForce: boolean;
  /** Fingerprint of the key; null: it came with the program. */
  readonly signedBy: string | null;
  readonly taken: { readonly at: string; readonly by: string } | null;
  /** Why its rules cannot be read by this Sigill, in words; else null. */
  readonly unreadable: string | null;
}

export interface InstalledRules {
  readonly packs: readonly InstalledPack[];
  readonly decisions: readonly {
    readonly kind: 'shipped' | 'taken' | 'rolled-back';
    readonly reason: string;
    readonly at: string;
    readonly by: string;
  }[];
  readonly keys: readonly (PinnedKey & {
    /** The last decision about it; null: it came with the program. */
    readonly decided: { readonly at: string; readonly by: readonly string[]; readonly reason: string } | null;
  })[];
}

/** What rules the vault goes by, has gone by, and whom it takes them from. @throws SigillError `unlock`, `damaged` */
export function installedRules(vault: Vault, rules: RulePack): InstalledRules {
  const shipped = requireLibrary(rules);
  const { store } = vault.requireRoom('open');
  const names = new Map(listUsers(store).map(({ id, name }) => [id, name]));
  const nameOf = (id: string): string => names.get(id) ?? id;
  const now = currentSet(store, shipped);
  const stored = listPacks(store).map(({ digest, signedBy, takenAt, takenBy }): InstalledPack => ({
    ...(digest === packOf(shipped).digest
      ? { manifest: shipped.manifest, unreadable: null }
      : readManifest(store, digest)),
    digest,
    isInForce: digest === now.base || digest === now.own,
    signedBy,
    taken: { at: takenAt, by: nameOf(takenBy) },
  }));
  const own: InstalledPack = {
    manifest: shipped.manifest,
    digest: packOf(shipped).digest,
    isInForce: true,
    signedBy: null,
    taken: null,
    unreadable: null,
  };
  const decisions = listPublisherKeyDecisions(store);
  return {
    packs: setInForce(store) === null ? [own] : stored,
    decisions: listRuleDecisions(store).map(({ kind, reason, at, by }) => ({
      kind,
      reason,
      at,
      by: nameOf(by),
    })),
    keys: pinnedKeys(store).map((key) => {
      const last = decisions.findLast(({ fingerprint }) => fingerprint === key.fingerprint);
      return {
        ...key,
        decided: last
          ? { at: last.at, by: [nameOf(last.first), nameOf(last.second)], reason: last.reason }
          : null,
      };
    }),
  };
}
