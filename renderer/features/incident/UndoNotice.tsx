import { FACT_LABEL } from '../../../shared/domain/words.ts';
import { core } from '../../app/bridge.ts';
import { CoreError } from '../../app/core-client.ts';
import { useApp } from '../../app/store.ts';
import { useWork } from '../../app/use-core.ts';
import { ErrorBanner } from '../../components/ErrorBanner.tsx';
import { Stack } from '../../components/Layout.tsx';
import { Notice } from '../../components/Notice.tsx';
import { WorkButton } from '../../components/WorkButton.tsx';
import { sv } from '../../text/sv.ts';
import { factItem, type Fact } from './items.ts';
import { contentBefore } from './undo.ts';

/**
 * After a saved change of a fact, beside it: the way back. Nothing is taken out of the history: the earlier text is written anew, with the
 * marking that the fact has now.
 */
export function UndoNotice({ incident, fact }: { readonly incident: string; readonly fact: Fact }) {
  const isLast = useApp(({ undoable }) => undoable?.incident === incident && undoable.fact === fact.id);
  const setUndoable = useApp((state) => state.setUndoable);
  const undo = useWork(async () => {
    const item = factItem(incident, fact.id);
    const before = contentBefore(await core.call('incidents.history', { item }));
    if (!before) throw new CoreError('usage', sv.incident.undoNothing);
    const { level, basis } = fact.marking;
    await core.call('incidents.write', { item, ...before, level, basis, reason: sv.incident.undoReason });
    setUndoable(null);
  });
  if (!isLast) return null;
  return (
    <Notice kind="success" title={sv.incident.undoTitle(FACT_LABEL[fact.id])}>
      <Stack gap="small">
        <p>{sv.incident.undoHelp}</p>
        <ErrorBanner error={undo.error} />
        <WorkButton
          work={undo}
          variant="secondary"
          size="medium"
          label={sv.incident.undo}
          onPress={() => void undo.run()}
        />
      </Stack>
    </Notice>
  );
}
