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
 * @param make gives the file, PDF in base64
 * @param onPrinted told by the shell whether something came out, or by the person where the shell is not told
 */
export function usePrint(
  make: (tools: WorkTools) => Promise<string>,
  onPrinted: (isPrinted: boolean) => void,
): Print {
  const [isAsking, setAsking] = useState(false);
  const answer = (isPrinted: boolean): void => {
    setAsking(false);
    onPrinted(isPrinted);
  };
  const work = useWork(async (_argument: void, tools) => {
    const { printed } = await shell.call('print', { pdf: await make(tools) });
    if (printed === null) setAsking(true);
    else answer(printed);
  });
  return { work, isAsking, answer };
}
