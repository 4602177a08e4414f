import { Button } from '@midas-ds/components/button';
import { FileInput } from 'lucide-react';
import { useState } from 'react';
import type { AnswerOf } from '../../../shared/contract/contract.ts';
import { core } from '../../app/bridge.ts';
import { formatDateTime } from '../../app/format.ts';
import { useWork } from '../../app/use-core.ts';
import { ErrorBanner } from '../../components/ErrorBanner.tsx';
import { Muted, Panel, Row } from '../../components/Layout.tsx';
import { Notice } from '../../components/Notice.tsx';
import { sv } from '../../text/sv.ts';
import { ChangeList } from './ChangeList.tsx';
import { DecideDialog } from './DecideDialog.tsx';
import { ImportDialog, type SignedFiles } from './ImportDialog.tsx';

type Installed = AnswerOf<'rules.installed'>;
type Pack = Installed['packs'][number];
type Changes = AnswerOf<'rules.inspectRollback'>;

/** A decision that is about to be made: what it changes, and how it is made. */
interface Asked {
  /** What the draft of its reason is called. */
  readonly subject: string;
  readonly title: string;
  readonly submit: string;
  readonly changes: Changes;
  readonly decide: (reason: string) => Promise<unknown>;
}

function nameOf({ name, version }: Pack['manifest']): string {
  return `${name} ${version}`;
}

/** The packs that the vault has, and the three ways to let another one hold. */
export function Packs({ installed: { packs, keys, newer } }: { readonly installed: Installed }) {
  const [asked, setAsked] = useState<Asked | null>(null);
  const [isImporting, setImporting] = useState(false);
  const show = (signed: SignedFiles, { manifest, changes, digest }: AnswerOf<'rules.inspect'>): void => {
    setImporting(false);
    setAsked({
      subject: `pack:take/${digest}`,
      title: sv.rules.planTitle(nameOf(manifest)),
      submit: sv.rules.take,
      changes,
      decide: (reason) => core.call('rules.take', { ...signed, digest, reason }),
    });
  };
  const goBack = useWork(
    async ({ target, title, submit }: Pick<Asked, 'title' | 'submit'> & { target: string }) => {
      const changes = await core.call('rules.inspectRollback', { target });
      setAsked({
        subject: `pack:rollback/${target}`,
        title,
        submit,
        changes,
        decide: (reason) => core.call('rules.rollback', { target, reason }),
      });
    },
  );
  const hasOwn = packs.some(({ isInForce, manifest }) => isInForce && manifest.buildsOn !== null);
  return (
    <Panel
      title={sv.rules.packs}
      actions={
        <Row>
          {hasOwn && (
            <Button
              variant="secondary"
              size="medium"
              onPress={() =>
                void goBack.run({
                  target: 'own-none',
                  title: sv.rules.withoutOwnTitle,
                  submit: sv.rules.withoutOwnSubmit,
                })
              }
            >
              {sv.rules.withoutOwn}
            </Button>
          )}
          <Button size="medium" icon={FileInput} onPress={() => setImporting(true)}>
            {sv.rules.import}
          </Button>
        </Row>
      }
    >
      <ErrorBanner error={goBack.error} />
      {newer && (
        <Notice kind="important" title={sv.rules.newer}>
          <p>{sv.rules.newerText(nameOf(newer.manifest))}</p>
          <Button
            variant="secondary"
            size="medium"
            onPress={() =>
              setAsked({
                subject: 'pack:take/shipped',
                title: sv.rules.planTitle(nameOf(newer.manifest)),
                submit: sv.rules.take,
                changes: newer.changes,
                decide: (reason) => core.call('rules.takeShipped', { reason }),
              })
            }
          >
            {sv.rules.showNewer}
          </Button>
        </Notice>
      )}
      <table>
        <thead>
          <tr>
            <th scope="col">{sv.rules.pack}</th>
            <th scope="col">{sv.rules.publisher}</th>
            <th scope="col">{sv.rules.issued}</th>
            <th scope="col">{sv.rules.taken}</th>
            <th scope="col">{sv.rules.state}</th>
          </tr>
        </thead>
        <tbody>
          {packs.map((pack) => (
            <tr key={pack.digest}>
              <th scope="row">
                {nameOf(pack.manifest)}
                <Muted>{sv.rules.number(pack.manifest.sequence)}</Muted>
              </th>
              <td>
                {keys.find(({ fingerprint }) => fingerprint === pack.signedBy)?.name ?? sv.rules.shipped}
              </td>
              <td>{pack.manifest.issued}</td>
              <td>
                {pack.taken
                  ? sv.rules.takenBy(formatDateTime(pack.taken.at), pack.taken.by)
                  : sv.rules.withProgram}
              </td>
              <td>
                {pack.isInForce && <strong>{sv.rules.inForce}</strong>}
                {pack.unreadable !== null && <Muted>{sv.rules.unreadable}</Muted>}
                {!pack.isInForce && pack.unreadable === null && (
                  <Button
                    variant="secondary"
                    size="medium"
                    aria-label={sv.rules.rollbackOf(nameOf(pack.manifest))}
                    onPress={() =>
                      void goBack.run({
                        target: pack.digest,
                        title: sv.rules.rollbackTitle(nameOf(pack.manifest)),
                        submit: sv.rules.rollbackSubmit,
                      })
                    }
                  >
                    {sv.rules.rollback}
                  </Button>
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {isImporting && <ImportDialog onRead={show} onEnd={() => setImporting(false)} />}
      {asked && (
        <DecideDialog
          subject={asked.subject}
          incident={null}
          title={asked.title}
          submit={asked.submit}
          decide={asked.decide}
          onEnd={() => setAsked(null)}
        >
          <ChangeList changes={asked.changes} />
          <Muted>{sv.rules.planKept}</Muted>
        </DecideDialog>
      )}
    </Panel>
  );
}
