import { Button } from '@midas-ds/components/button';
import { Lock, LockOpen } from 'lucide-react';
import { useState } from 'react';
import { ROOMS, type Room } from '../../shared/domain/room.ts';
import { UnlockDialog } from '../features/unlock/UnlockDialog.tsx';
import { sv } from '../text/sv.ts';
import { formatTime } from './format.ts';
import styles from './Header.module.css';
import { lockNow, lockProtected } from './session.ts';
import { useApp } from './store.ts';

const NAME: Readonly<Record<Room, string>> = { open: sv.shell.openRoom, protected: sv.shell.protectedRoom };

/** Always says which rooms are open, as whom, since when, and when they will be locked. */
export function Header() {
  const [asked, setAsked] = useState<Room | null>(null);
  const minutes = useApp((state) => state.settings.idleLockMinutes);
  const lockSoon = useApp((state) => state.lockSoon);
  return (
    <header className={styles.header}>
      <span className={styles.name}>{sv.common.appName}</span>
      <ul className={styles.rooms} aria-label={sv.shell.rooms}>
        {ROOMS.map((room) => (
          <RoomState key={room} room={room} onUnlock={() => setAsked(room)} />
        ))}
      </ul>
      <span
        className={styles.next}
        role={lockSoon === null ? undefined : 'alert'}
        data-soon={lockSoon !== null}
      >
        {lockSoon === null ? sv.shell.nextLock(minutes) : sv.shell.lockSoon(lockSoon)}
      </span>
      <Button variant="secondary" size="medium" icon={Lock} aria-keyshortcuts="Control+L" onPress={lockNow}>
        {sv.shell.lockNow} <kbd className={styles.key}>{sv.shell.lockKey}</kbd>
      </Button>
      {asked && <UnlockDialog room={asked} onEnd={() => setAsked(null)} />}
    </header>
  );
}

function RoomState({ room, onUnlock }: { readonly room: Room; readonly onUnlock: () => void }) {
  const open = useApp((state) => state.status?.unlocked.find((unlocked) => unlocked.room === room));
  const Icon = open ? LockOpen : Lock;
  return (
    <li className={styles.room} data-open={open !== undefined} data-room={room}>
      <Icon size={18} aria-hidden="true" />
      <span>
        <strong>{NAME[room]}</strong>{' '}
        <span className={styles.detail}>
          {open ? sv.shell.roomOpen(open.user, formatTime(open.since)) : sv.shell.roomLocked}
        </span>
      </span>
      {!open && (
        <Button variant="tertiary" size="medium" onPress={onUnlock}>
          {room === 'open' ? sv.shell.unlockOpen : sv.shell.unlockProtected}
        </Button>
      )}
      {open && room === 'protected' && (
        <Button variant="tertiary" size="medium" onPress={() => void lockProtected()}>
          {sv.shell.lockProtected}
        </Button>
      )}
    </li>
  );
}
