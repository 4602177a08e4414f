import { Button } from '@midas-ds/components/button';
import { ArrowUp } from 'lucide-react';
import { useState } from 'react';
import { describeMarking, type Marking } from '../../../shared/domain/marking.ts';
import { RAISE_KEY, useRaiseKey } from '../../app/use-raise-key.ts';
import { MarkingBadge } from '../../components/MarkingBadge.tsx';
import { Row } from '../../components/Layout.tsx';
import { sv } from '../../text/sv.ts';
import { HistoryDialog } from './HistoryDialog.tsx';
import type { ItemReference } from './items.ts';
import { LowerDialog } from './LowerDialog.tsx';
import { RaiseDialog } from './RaiseDialog.tsx';

interface ItemMarkingProps {
  readonly item: ItemReference;
  /** What the value is called, for those who cannot see what the buttons stand beside. */
  readonly name: string;
  readonly marking: Marking;
}

/** The marking beside a value. Raising is one press and a choice; lowering is a decision; and the history. */
export function ItemMarking({ item, name, marking }: ItemMarkingProps) {
  const [shown, setShown] = useState<'raise' | 'lower' | 'history' | null>(null);
  const end = (): void => setShown(null);
  const row = useRaiseKey<HTMLSpanElement>('li, tr, dl > div', () => setShown((now) => now ?? 'raise'));
  return (
    <Row gap="small">
      <span ref={row}>
        <MarkingBadge marking={marking} isFull />
      </span>
      <Button
        variant="tertiary"
        size="medium"
        icon={ArrowUp}
        aria-label={sv.incident.raiseOf(name, describeMarking(marking))}
        aria-keyshortcuts={RAISE_KEY}
        onPress={() => setShown('raise')}
      >
        {sv.incident.raiseSubmit}
      </Button>
      {marking.level !== 'oppen' && (
        <Button
          variant="tertiary"
          size="medium"
          aria-label={`${sv.incident.lower} ${name}`}
          onPress={() => setShown('lower')}
        >
          {sv.incident.lower}
        </Button>
      )}
      <Button
        variant="tertiary"
        size="medium"
        aria-label={sv.incident.historyOf(name)}
        onPress={() => setShown('history')}
      >
        {sv.incident.history}
      </Button>
      {shown === 'raise' && <RaiseDialog item={item} name={name} marking={marking} onEnd={end} />}
      {shown === 'lower' && <LowerDialog item={item} name={name} marking={marking} onEnd={end} />}
      {shown === 'history' && <HistoryDialog item={item} name={name} onEnd={end} />}
    </Row>
  );
}
