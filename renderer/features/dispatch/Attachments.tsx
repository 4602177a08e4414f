import { Button } from '@midas-ds/components/button';
import { Paperclip } from 'lucide-react';
import { UNJUDGED_MARKING } from '../../../shared/domain/words.ts';
import { shell } from '../../app/bridge.ts';
import { useWork } from '../../app/use-core.ts';
import { ErrorBanner } from '../../components/ErrorBanner.tsx';
import { Muted, Stack } from '../../components/Layout.tsx';
import { MarkingField, useLevels } from '../../components/MarkingField.tsx';
import { WorkButton } from '../../components/WorkButton.tsx';
import { sv } from '../../text/sv.ts';
import styles from './Attachments.module.css';
import type { AttachmentDetails } from './details.ts';

interface AttachmentsProps {
  readonly attachments: readonly AttachmentDetails[];
  readonly onChange: (attachments: readonly AttachmentDetails[]) => void;
}

/** The last part of a path, as any system writes one. */
const nameOf = (path: string): string => path.split(/[/\\]/).at(-1) ?? path;

/** Files that go along with the report, each with its marking: the gate judges them as it judges the facts. */
export function Attachments({ attachments, onChange }: AttachmentsProps) {
  const levels = useLevels();
  const add = useWork(async () => {
    const path = await shell.call('chooseFilePath', { title: sv.dispatch.attachTitle });
    if (path === null || attachments.some((other) => other.path === path)) return;
    onChange([...attachments, { path, marking: UNJUDGED_MARKING }]);
  });
  return (
    <Stack gap="small">
      <h3>{sv.dispatch.attachments}</h3>
      <Muted>{sv.dispatch.attachHelp}</Muted>
      <ul className={styles.list}>
        {attachments.map((attachment) => {
          const name = nameOf(attachment.path);
          return (
            <li key={attachment.path}>
              <div className={styles.head}>
                <strong>{name}</strong>
                <Button
                  variant="tertiary"
                  size="medium"
                  aria-label={sv.dispatch.detachName(name)}
                  onPress={() => onChange(attachments.filter((other) => other !== attachment))}
                >
                  {sv.dispatch.detach}
                </Button>
              </div>
              <MarkingField
                label={sv.dispatch.attachMarking(name)}
                value={attachment.marking}
                levels={levels}
                onChange={(marking) =>
                  onChange(attachments.map((other) => (other === attachment ? { ...other, marking } : other)))
                }
              />
            </li>
          );
        })}
      </ul>
      <ErrorBanner error={add.error} />
      <WorkButton
        work={add}
        variant="secondary"
        size="medium"
        icon={Paperclip}
        label={sv.dispatch.attach}
        onPress={() => void add.run()}
      />
    </Stack>
  );
}
