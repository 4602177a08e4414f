import { useVirtualizer } from '@tanstack/react-virtual';
import { EyeOff } from 'lucide-react';
import { memo, useEffect, useRef, useState, type KeyboardEvent } from 'react';
import { POINTER_SENTENCE } from '../../../shared/domain/incident.ts';
import { STATE_NAME } from '../../../shared/domain/words.ts';
import { formatDateTime } from '../../app/format.ts';
import { useApp } from '../../app/store.ts';
import { MarkingBadge } from '../../components/MarkingBadge.tsx';
import { sv } from '../../text/sv.ts';
import styles from './IncidentRows.module.css';
import type { Summary } from './use-summaries.ts';
import { rowAt, type Windows } from './windows.ts';

/** As in the style sheet, in rem: on a large screen everything grows, and a row with its letters. */
const ROW_REM = 3.75;

const pixelsOfRem = (): number => Number.parseFloat(getComputedStyle(document.documentElement).fontSize);

/** The height of a row in pixels, now and when the window moves to another screen. */
function useRowHeight(): number {
  const [pixels, setPixels] = useState(pixelsOfRem);
  useEffect(() => {
    const onResize = (): void => setPixels(pixelsOfRem());
    window.addEventListener('resize', onResize);
    return () => window.removeEventListener('resize', onResize);
  }, []);
  return ROW_REM * pixels;
}

interface IncidentRowsProps {
  readonly windows: Windows<Summary>;
  readonly need: (first: number, last: number) => void;
}

/** The rows that are in sight, of however many there are. One stop for Tab; the arrow keys move within. */
export function IncidentRows({ windows, need }: IncidentRowsProps) {
  const { total } = windows;
  const scroller = useRef<HTMLDivElement>(null);
  const byUpdate = useApp((state) => state.list.filter.sort === 'updated');
  const rowHeight = useRowHeight();
  const virtual = useVirtualizer({
    count: total,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    overscan: 8,
    initialOffset: useApp.getState().list.row * rowHeight,
  });
  useEffect(() => virtual.measure(), [virtual, rowHeight]);
  const items = virtual.getVirtualItems();
  const [first, last] = [items[0]?.index, items.at(-1)?.index];
  useEffect(() => {
    if (first !== undefined && last !== undefined) need(first, last);
  }, [need, first, last]);
  // Another filter: what is found stands at the top. Coming back, the list stands where it was left.
  const filter = useApp((state) => state.list.filter);
  const shown = useRef(filter);
  useEffect(() => {
    if (shown.current !== filter) virtual.scrollToOffset(0);
    shown.current = filter;
  }, [filter, virtual]);
  const move = (event: KeyboardEvent<HTMLDivElement>): void => {
    const to = targetRow(event.key, total, currentRow(event.target));
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
        <span>{byUpdate ? sv.incidents.columns.updated : sv.incidents.columns.created}</span>
      </div>
      {/* eslint-disable-next-line jsx-a11y/no-static-element-interactions -- the rows in it take the keys */}
      <div ref={scroller} className={styles.scroller} onKeyDown={move}>
        <ul style={{ height: virtual.getTotalSize() }} className={styles.rows}>
          {items.map(({ index, start }) => (
            <Row
              key={index}
              row={rowAt(windows, index)}
              index={index}
              count={total}
              start={start}
              byUpdate={byUpdate}
            />
          ))}
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
  /** null until it has come. */
  readonly row: Summary | null;
  readonly index: number;
  readonly count: number;
  readonly start: number;
  readonly byUpdate: boolean;
}

/** Drawn anew only where what it shows is another: a key in the search changes the question before any row. */
const Row = memo(function Row({ row, index, count, start, byUpdate }: RowProps) {
  const go = useApp((state) => state.go);
  const setRow = useApp((state) => state.setRow);
  const open = (): void => {
    if (!row) return;
    setRow(index);
    go({ screen: 'incident', incident: row.id });
  };
  return (
    <li
      className={styles.row}
      data-row={index}
      style={{ transform: `translateY(${start}px)` }}
      aria-setsize={count}
      aria-posinset={index + 1}
    >
      <button type="button" aria-disabled={row === null} onClick={open}>
        {row ? <RowCells row={row} byUpdate={byUpdate} /> : <span>{sv.incidents.reading}</span>}
      </button>
    </li>
  );
});

function RowCells({ row, byUpdate }: { readonly row: Summary; readonly byUpdate: boolean }) {
  const isHidden = row.title === null;
  return (
    <>
      <span className={styles.title}>
        <span className={styles.name} data-hidden={isHidden}>
          {row.exercise && (
            <>
              <strong className={styles.exercise}>{sv.incidents.exercise}</strong>{' '}
            </>
          )}
          {row.title ?? POINTER_SENTENCE}
        </span>
        <span className={styles.reference}>
          {row.id}
          {row.hasHiddenPart && (
            <>
              {' · '}
              <EyeOff size={14} aria-hidden="true" />{' '}
              {isHidden ? sv.incidents.hiddenTitle : sv.incidents.hasHidden}
            </>
          )}
        </span>
      </span>
      <span>{STATE_NAME[row.state]}</span>
      <span>
        <MarkingBadge marking={row.marking} />
      </span>
      <span>{formatDateTime(byUpdate ? row.updatedAt : row.createdAt)}</span>
    </>
  );
}
