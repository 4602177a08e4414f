import { useState } from 'react';
import { shell } from './bridge.ts';
import { useWork, type Work, type WorkTools } from './use-core.ts';

export interface Print {
  readonly work: Work<void>;
  /** Printed as far as the shell knows: it cannot tell, and the person is to be asked (`AskPrinted`). */
  readonly isAsking: boolean;
  readonly answer: (isPrinted: boolean) => void;
}

/**
 * On paper through the system's own dialog, from memory: the file need not be opened by any other program.
 * @param make gives the file, PDF in base64, and what else is to be known of it afterwards
 * @param onPrinted told by the shell whether something came out, or by the person where the shell is not told
 */
export function usePrint<M extends { readonly pdf: string }>(
  make: (tools: WorkTools) => Promise<M>,
  onPrinted: (isPrinted: boolean, made: M) => void,
): Print {
  const [asked, setAsked] = useState<M | null>(null);
  const work = useWork(async (_argument: void, tools) => {
    const made = await make(tools);
    const { printed } = await shell.call('print', { pdf: made.pdf });
    if (printed === null) setAsked(made);
    else onPrinted(printed, made);
  });
  return {
    work,
    isAsking: asked !== null,
    answer(isPrinted) {
      if (asked === null) return;
      setAsked(null);
      onPrinted(isPrinted, asked);
    },
  };
}
