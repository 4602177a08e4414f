import { useVirtualizer } from '@tanstack/react-virtual';
import { EyeOff } from 'lucide-react';
import { useRef, type KeyboardEvent } from 'react';
import { STATE_NAME } from '../../../shared/domain/words.ts';
import { formatDateTime } from '../../app/format.ts';
import { useApp } from '../../app/store.ts';
import { MarkingBadge } from '../../components/MarkingBadge.tsx';
import { sv } from '../../text/sv.ts';
import styles from './IncidentRows.module.css';
import type { Summary } from './summary.ts';

const ROW_HEIGHT = 60;

/** The rows that are in sight, of however many there are. One stop for Tab; the arrow keys move within. */
export function IncidentRows({ rows }: { readonly rows: readonly Summary[] }) {
  const scroller = useRef<HTMLDivElement>(null);
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_HEIGHT,
    overscan: 8,
  });
  const move = (event: KeyboardEvent<HTMLDivElement>): void => {
    const to = targetRow(event.key, rows.length, currentRow(event.target));
    if (to === null) return;
    event.preventDefault();
    virtual.scrollToIndex(to);
    // The row may have to be made before it can take the focus.
    requestAnimationFrame(() =>
      scroller.current?.querySelector<HTMLElement>(`[data-row="${to}"] button`)?.focus(),
    );
  };
  return (
    <div className={styles.frame}>
      <div className={styles.head} aria-hidden="true">
        <span>{sv.incidents.columns.title}</span>
        <span>{sv.incidents.columns.state}</span>
        <span>{sv.incidents.columns.level}</span>
        <span>{sv.incidents.columns.created}</span>
      </div>
      {/* eslint-disable-next-line jsx-a11y/no-static-element-interactions -- the rows in it take the keys */}
      <div ref={scroller} className={styles.scroller} onKeyDown={move}>
        <ul style={{ height: virtual.getTotalSize() }} className={styles.rows}>
          {virtual.getVirtualItems().map(({ index, start }) => {
            const row = rows[index];
            return row ? (
              <Row key={row.id} row={row} index={index} count={rows.length} start={start} />
            ) : null;
          })}
        </ul>
      </div>
    </div>
  );
}

function currentRow(target: EventTarget): number {
  const row = target instanceof Element ? target.closest<HTMLElement>('[data-row]') : null;
  return Number(row?.dataset['row'] ?? 0);
}

function targetRow(key: string, count: number, current: number): number | null {
  const wanted: Readonly<Record<string, number>> = {
    ArrowDown: current + 1,
    ArrowUp: current - 1,
    PageDown: current + 8,
    PageUp: current - 8,
    Home: 0,
    End: count - 1,
  };
  const to = wanted[key];
  return to === undefined ? null : Math.min(Math.max(to, 0), count - 1);
}

interface RowProps {
  readonly row: Summary;
  readonly index: number;
  readonly count: number;
  readonly start: number;
}

function Row({ row, index, count, start }: RowProps) {
  const go = useApp((state) => state.go);
  return (
    <li
      className={styles.row}
      data-row={index}
      style={{ transform: `translateY(${start}px)` }}
      aria-setsize={count}
      aria-posinset={index + 1}
    >
      <button type="button" onClick={() => go({ screen: 'incident', incident: row.id })}>
        <span className={styles.title}>
          <span className={styles.name} data-hidden={row.isHidden}>
            {row.exercise && <strong className={styles.exercise}>{sv.incidents.exercise}</strong>}
            {row.title}
          </span>
          <span className={styles.reference}>
            {row.id}
            {row.hasHiddenPart && (
              <>
                {' · '}
                <EyeOff size={14} aria-hidden="true" />{' '}
                {row.isHidden ? sv.incidents.hiddenTitle : sv.incidents.hasHidden}
              </>
            )}
          </span>
        </span>
        <span>{STATE_NAME[row.state]}</span>
        <span>
          <MarkingBadge marking={row.marking} />
        </span>
        <span>{formatDateTime(row.createdAt)}</span>
      </button>
    </li>
  );
}
