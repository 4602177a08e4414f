import { Button } from '@midas-ds/components/button';
import { Check, Copy } from 'lucide-react';
import { useEffect, useState } from 'react';
import { shell } from '../app/bridge.ts';
import { useWork } from '../app/use-core.ts';
import { sv } from '../text/sv.ts';
import { ErrorBanner } from './ErrorBanner.tsx';

interface CopyButtonProps {
  readonly text: string;
  /** What is copied, for those who cannot see what the button stands beside. */
  readonly name: string;
}

/** How long the button says that it has been pressed. The clipboard itself is emptied by the shell. */
const SAID_MS = 4_000;

/** Puts a text on the clipboard, which the shell empties after a while and when the vault is locked. */
export function CopyButton({ text, name }: CopyButtonProps) {
  const [isCopied, setCopied] = useState(false);
  const copy = useWork(async () => {
    await shell.call('copyText', { text });
    setCopied(true);
  });
  useEffect(() => {
    if (!isCopied) return undefined;
    const timer = setTimeout(() => setCopied(false), SAID_MS);
    return () => clearTimeout(timer);
  }, [isCopied]);
  return (
    <>
      <Button
        variant="tertiary"
        size="medium"
        icon={isCopied ? Check : Copy}
        aria-label={name}
        onPress={() => void copy.run()}
      >
        {isCopied ? sv.common.copiedShort : sv.common.copy}
      </Button>
      <span role="status" className="visually-hidden">
        {isCopied && sv.common.copied}
      </span>
      <ErrorBanner error={copy.error} />
    </>
  );
}
