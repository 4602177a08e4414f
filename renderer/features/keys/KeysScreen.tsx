import { isUnlocked, useApp } from '../../app/store.ts';
import { Notice } from '../../components/Notice.tsx';
import { Page } from '../../components/Page.tsx';
import { sv } from '../../text/sv.ts';
import { Keys } from './Keys.tsx';
import { Recipients } from './Recipients.tsx';

/** Whom we write to: the keys that have been compared, and the addresses in the rules. */
export function KeysScreen() {
  const isOpen = useApp((state) => isUnlocked(state.status, 'open'));
  return (
    <Page title={sv.keys.title} lead={sv.keys.lead}>
      {isOpen ? <Keys /> : <Notice>{sv.keys.needsOpen}</Notice>}
      <Recipients />
    </Page>
  );
}
