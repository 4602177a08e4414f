import { useEffect, useState } from 'react';
import { MAX_COPIED_CHARACTERS } from '../../shared/contract/shell.ts';
import { CreateVault } from '../features/create-vault/CreateVault.tsx';
import { UnlockScreen } from '../features/unlock/UnlockScreen.tsx';
import { shell } from './bridge.ts';
import { keepFocus } from './keep-focus.ts';
import { watchClipboard } from './watch-clipboard.ts';
import { Boundary } from './Boundary.tsx';
import { Frame } from './Frame.tsx';
import { applyTheme } from './theme.ts';
import { lockNow } from './session.ts';
import { useApp } from './store.ts';

/** The whole window: what is behind the lock, or the lock. */
export function App() {
  const epoch = useApp((state) => state.epoch);
  const settings = useApp((state) => state.settings);
  const isOpen = useApp((state) => (state.status?.unlocked.length ?? 0) > 0);
  // A lock ends the guide: what was typed in it is not shown to whoever comes next.
  const [creatingIn, setCreatingIn] = useState<number | null>(null);
  const isCreating = creatingIn === epoch;
  useEffect(() => applyTheme(settings), [settings]);
  useEffect(() => keepFocus(), []);
  useEffect(
    () =>
      watchClipboard(
        (text) => void shell.call('copyText', { text }).catch(() => undefined),
        MAX_COPIED_CHARACTERS,
      ),
    [],
  );
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      if (!event.ctrlKey || event.altKey || event.shiftKey || event.key.toLowerCase() !== 'l') return;
      event.preventDefault();
      // The guide has passphrases on the screen, and at its end rooms that a code has opened.
      if (isCreating || (useApp.getState().status?.unlocked.length ?? 0) > 0) lockNow();
    };
    // Before anything on the page can keep the key to itself.
    window.addEventListener('keydown', onKey, { capture: true });
    return () => window.removeEventListener('keydown', onKey, { capture: true });
  }, [isCreating]);
  if (isCreating) {
    return (
      <Boundary key={epoch}>
        <CreateVault onEnd={() => setCreatingIn(null)} />
      </Boundary>
    );
  }
  return (
    <Boundary key={epoch}>
      {isOpen ? <Frame /> : <UnlockScreen onCreate={() => setCreatingIn(epoch)} />}
    </Boundary>
  );
}
