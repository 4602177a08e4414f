import { Button } from '@midas-ds/components/button';
import { Check, Copy } from 'lucide-react';
import { z } from 'zod';
import { shell } from '../../app/bridge.ts';
import { formatDateTime } from '../../app/format.ts';
import { useDraft } from '../../app/use-draft.ts';
import { useQuery } from '../../app/use-core.ts';
import { ErrorBanner } from '../../components/ErrorBanner.tsx';
import { Facts, Muted, Panel } from '../../components/Layout.tsx';
import { Loading } from '../../components/Loading.tsx';
import { Notice } from '../../components/Notice.tsx';
import { ConfidenceBadge } from '../../components/ConfidenceBadge.tsx';
import { MarkingBadge } from '../../components/MarkingBadge.tsx';
import { sv } from '../../text/sv.ts';
import { EventButtons } from '../dispatch/EventButtons.tsx';
import styles from './CopySheet.module.css';
import { HandedIn } from './HandedIn.tsx';

/** The fields that have been copied: their names, and nothing that stands in them. */
const progressSchema = z.strictObject({ copied: z.array(z.string()).readonly() });
type Progress = Readonly<z.output<typeof progressSchema>>;

interface CopySheetProps {
  readonly incident: string;
  readonly form: string;
  readonly dispatch: string;
}

/** Field by field in the form's order, with what has been copied so far, and last what came back. */
export function CopySheet({ incident, form, dispatch }: CopySheetProps) {
  const { data, error } = useQuery('reports.portalSheet', { dispatch });
  // Kept as a draft: a lock in the middle of the copying must not make anybody copy a field twice, or pass one over.
  const draft = useDraft<Progress>({
    subject: `portal:${incident}:${dispatch}`,
    incident,
    schema: progressSchema,
    initial: { copied: [] },
    levelOf: () => 'oppen',
  });
  const copied = new Set(draft.value.copied);
  if (!data) return error ? <ErrorBanner error={error} /> : <Loading />;
  const { expedition, places, rows } = data;
  const toCopy = rows.filter(({ text }) => text !== '');
  const copy = async (field: string, text: string): Promise<void> => {
    await shell.call('copyText', { text });
    draft.put({ copied: [...copied, field] });
  };
  return (
    <>
      <Panel title={sv.portal.sheet}>
        <MarkingBadge marking={expedition.details.marking} isFull />
        <Muted>
          {sv.portal.frozen(formatDateTime(expedition.madeAt))} {sv.portal.clipboard}
        </Muted>
        {places.length > 0 && (
          <Facts rows={places.map(({ name, line }) => [name, <code key={line}>{line}</code>] as const)} />
        )}
        <p role="status" className={styles.progress}>
          {sv.portal.progress(copied.size, toCopy.length)}
        </p>
        <ol className={styles.rows}>
          {rows.map(({ field, label, required, help, note, text, over, isWithheld, confidence }) => (
            <li key={field} data-copied={copied.has(field)}>
              <div className={styles.head}>
                <h3>
                  {label}
                  {required && ' *'} {confidence !== null && <ConfidenceBadge confidence={confidence} />}
                </h3>
                {text !== '' && (
                  <Button
                    variant="secondary"
                    size="medium"
                    icon={copied.has(field) ? Check : Copy}
                    aria-label={sv.portal.copyOf(label)}
                    onPress={() => void copy(field, text)}
                  >
                    {copied.has(field) ? sv.portal.copied : sv.portal.copy}
                  </Button>
                )}
              </div>
              {help !== null && <Muted>{help}</Muted>}
              {note !== null && <Muted>{note}</Muted>}
              {isWithheld && <Notice kind="important">{sv.portal.withheld}</Notice>}
              {(text !== '' || !isWithheld) && (
                <p className={styles.text}>{text === '' ? sv.portal.nothing : text}</p>
              )}
              {over > 0 && <Muted>{sv.portal.over(over)}</Muted>}
            </li>
          ))}
        </ol>
      </Panel>
      <HandedIn incident={incident} form={form} dispatch={dispatch} whileSaving={draft.whileSaving} />
      <EventButtons
        expedition={{ ...expedition, possible: expedition.possible.filter((event) => event === 'withdrawn') }}
        name={sv.portal.sheet}
      />
    </>
  );
}
