import { ROOM_NAME, type Room } from '../../../shared/domain/room.ts';
import { useApp } from '../../app/store.ts';
import { Dialog } from '../../components/Dialog.tsx';
import { sv } from '../../text/sv.ts';
import { UnlockForm } from './UnlockForm.tsx';

/** The other room, when one is open already. */
export function UnlockDialog({ room, onEnd }: { readonly room: Room; readonly onEnd: () => void }) {
  const folder = useApp((state) => state.folder);
  if (folder === null) return null;
  return (
    <Dialog title={`${sv.unlock.title} ${ROOM_NAME[room]}`} onEnd={onEnd}>
      <UnlockForm folder={folder} room={room} onUnlocked={onEnd} />
    </Dialog>
  );
}
