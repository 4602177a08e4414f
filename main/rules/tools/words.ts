import { SigillError } from '../../../shared/domain/error.ts';

/** Where a tool writes; a test has its own. */
export interface Out {
  readonly out: (text: string) => void;
  readonly err: (text: string) => void;
}

const EXIT_CODE: Readonly<Partial<Record<string, number>>> = { usage: 2, policy: 3, damaged: 5 };

/**
 * Does a tool's work, and tells a fault as the terminal does.
 * @returns the exit code: 0 done, 2 wrong use or a faulty pack, 3 refused, 5 damaged
 */
export function endWith({ out, err }: Out, work: () => string): number {
  try {
    out(work());
    return 0;
  } catch (error) {
    const told = error instanceof SigillError ? error : wrongUse(error);
    if (!told) throw error;
    err(`${told.message}\n${told.faults.map((fault) => `  – ${fault}\n`).join('')}`);
    return EXIT_CODE[told.kind] ?? 2;
  }
}

/** What `parseArgs` and the file system say, in words. */
function wrongUse(error: unknown): SigillError | null {
  const { code } = error as NodeJS.ErrnoException;
  if (code?.startsWith('ERR_PARSE_ARGS'))
    return new SigillError('usage', 'Kommandot är fel skrivet. Se docs/rules.md.');
  if (code === undefined || !/^E[A-Z]+$/.test(code)) return null;
  const what =
    code === 'EEXIST' ? 'En fil som skulle skrivas finns redan' : 'En fil går inte att läsa eller skriva';
  return new SigillError('usage', `${what} (${code}). Inget har skrivits över.`);
}

/** As the program's own files: what stands here came from the command line. */
export const HERE: Out = {
  out: (text) => void process.stdout.write(text),
  err: (text) => void process.stderr.write(text),
};
