import { Button } from '@midas-ds/components/button';
import { useState } from 'react';
import { useApp } from '../../app/store.ts';
import { Muted, Row } from '../../components/Layout.tsx';
import { sv } from '../../text/sv.ts';
import { EventDialog } from './EventDialog.tsx';
import type { EventKind, Expedition } from './expeditions.ts';

interface EventButtonsProps {
  readonly expedition: Expedition;
  /** What the expedition is called, so that buttons in many rows can be told apart. */
  readonly name: string;
}

/** What can be told of an expedition now, a button each. */
export function EventButtons({ expedition, name }: EventButtonsProps) {
  const [telling, setTelling] = useState<EventKind | null>(null);
  const go = useApp((state) => state.go);
  const isReceiptedByCopy = (expedition.details.copies ?? 1) > 1 && expedition.possible.includes('receipted');
  const possible = expedition.possible.filter((event) => event !== 'receipted' || !isReceiptedByCopy);
  return (
    <Row gap="small">
      {/* Each copy has a kvittens of its own: they are told of in the register, one by one. */}
      {isReceiptedByCopy && expedition.state !== 'made' && !expedition.hasDocument && (
        <Muted>{sv.expedition.receiptsLocked}</Muted>
      )}
      {isReceiptedByCopy && expedition.state !== 'made' && expedition.hasDocument && (
        <Button
          size="medium"
          variant="secondary"
          aria-label={sv.expedition.eventOf(sv.expedition.receipts, name)}
          onPress={() => go({ screen: 'register', tab: 'outstanding' })}
        >
          {sv.expedition.receipts}
        </Button>
      )}
      {possible.map((event) => (
        <Button
          key={event}
          size="medium"
          variant={event === 'withdrawn' ? 'tertiary' : 'secondary'}
          aria-label={sv.expedition.eventOf(sv.expedition.events[event], name)}
          onPress={() => setTelling(event)}
        >
          {sv.expedition.events[event]}
        </Button>
      ))}
      {telling && <EventDialog expedition={expedition} event={telling} onEnd={() => setTelling(null)} />}
    </Row>
  );
}
