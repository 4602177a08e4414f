import type { ReactNode } from 'react';
import styles from './Layout.module.css';

interface LayoutProps {
  readonly children: ReactNode;
  readonly gap?: 'small' | 'medium' | 'large';
}

/** One under another. */
export function Stack({ children, gap = 'medium' }: LayoutProps) {
  return (
    <div className={styles.stack} data-gap={gap}>
      {children}
    </div>
  );
}

/** Beside each other, and under where there is no room. */
export function Row({ children, gap = 'medium' }: LayoutProps) {
  return (
    <div className={styles.row} data-gap={gap}>
      {children}
    </div>
  );
}

interface PanelProps {
  readonly title?: string;
  readonly actions?: ReactNode;
  /** Little air: for what is looked at in passing, above what matters. */
  readonly isDense?: boolean;
  readonly children: ReactNode;
}

/** A part of a screen, under a heading of its own. */
export function Panel({ title, actions, isDense = false, children }: PanelProps) {
  return (
    <section className={styles.panel} data-dense={isDense}>
      {title !== undefined && (
        <div className={styles.head}>
          <h2>{title}</h2>
          {actions}
        </div>
      )}
      {children}
    </section>
  );
}

/** Text that is less important than what it stands beside. */
export function Muted({ children }: { readonly children: ReactNode }) {
  return <p className={styles.muted}>{children}</p>;
}

/** Name and value, pair by pair. */
export function Facts({ rows }: { readonly rows: readonly (readonly [string, ReactNode])[] }) {
  return (
    <dl className={styles.facts}>
      {rows.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}
