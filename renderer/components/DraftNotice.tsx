import { Button } from '@midas-ds/components/button';
import { formatDateTime, formatTime } from '../app/format.ts';
import { isUnlocked, useApp } from '../app/store.ts';
import type { Draft } from '../app/use-draft.ts';
import { sv } from '../text/sv.ts';
import { ErrorBanner } from './ErrorBanner.tsx';
import { Muted, Row, Stack } from './Layout.tsx';
import { Notice } from './Notice.tsx';

type Shown<K extends keyof Draft<object>> = { readonly draft: Pick<Draft<object>, K> };

/** Above a form: what was found of an earlier time, and the way to be without it, and the way back again. */
export function DraftNotice({ draft }: Shown<'foundAt' | 'discard' | 'undo' | 'other'>) {
  const { other } = draft;
  if (other) {
    return (
      <Notice
        kind="important"
        title={other.isSaved ? sv.draft.overtaken : sv.draft.other(formatDateTime(other.savedAt))}
      >
        <Stack gap="small">
          <p>{other.isSaved ? sv.draft.overtakenHelp(formatDateTime(other.savedAt)) : sv.draft.otherHelp}</p>
          <Row gap="small">
            <Button variant="secondary" size="medium" onPress={other.take}>
              {other.isSaved ? sv.draft.takeSaved : sv.draft.takeOther}
            </Button>
            <Button variant="tertiary" size="medium" onPress={other.leave}>
              {sv.draft.leaveOther}
            </Button>
          </Row>
        </Stack>
      </Notice>
    );
  }
  if (draft.foundAt === null) return null;
  const { undo } = draft;
  return (
    <Notice title={undo ? sv.draft.thrown : sv.draft.from(formatDateTime(draft.foundAt))}>
      <Stack gap="small">
        <p>{undo ? sv.draft.thrownHelp : sv.draft.fromHelp}</p>
        <div>
          <Button variant="secondary" size="medium" onPress={undo ?? draft.discard}>
            {undo ? sv.draft.undo : sv.draft.discard}
          </Button>
        </div>
      </Stack>
    </Notice>
  );
}

/** Below a form: whether what is written is kept. */
export function DraftState({ draft }: Shown<'savedAt' | 'error'>) {
  const isHidden = useApp(({ status }) => !isUnlocked(status, 'protected'));
  if (draft.error) return <ErrorBanner error={draft.error} help={sv.draft.notSaved} />;
  return (
    <Muted>
      {draft.savedAt === null ? sv.draft.auto : sv.draft.savedAt(formatTime(draft.savedAt))}
      {isHidden && ` ${sv.draft.hidden}`}
    </Muted>
  );
}
