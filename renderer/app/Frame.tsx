import { LEVEL_NAME } from '../../shared/domain/marking.ts';
import { sv } from '../text/sv.ts';
import { Boundary } from './Boundary.tsx';
import styles from './Frame.module.css';
import { Header } from './Header.tsx';
import { Navigation } from './Navigation.tsx';
import { ScreenOf } from './ScreenOf.tsx';
import { isUnlocked, useApp } from './store.ts';

/** What stands around every screen while a room is open. */
export function Frame() {
  const status = useApp((state) => state.status);
  const route = useApp((state) => state.route);
  const isProtected = isUnlocked(status, 'protected');
  const ceiling = LEVEL_NAME[status?.ceiling ?? 'oppen'].toUpperCase();
  return (
    <div className={styles.frame} data-protected={isProtected}>
      <a className={`visually-hidden ${styles.skip}`} href="#content">
        {sv.shell.skip}
      </a>
      <div className={styles.top}>
        {isProtected && (
          <p className={styles.class} role="status">
            {sv.shell.frame(ceiling)}
          </p>
        )}
        <Header />
      </div>
      <div className={styles.body}>
        <Navigation />
        <main id="content" className={styles.content} tabIndex={-1}>
          <Boundary key={JSON.stringify(route)}>
            <ScreenOf route={route} />
          </Boundary>
        </main>
      </div>
      {isProtected && (
        <p className={styles.class} aria-hidden="true">
          {sv.shell.frame(ceiling)}
        </p>
      )}
    </div>
  );
}
