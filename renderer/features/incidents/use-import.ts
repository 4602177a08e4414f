import { useState } from 'react';
import { core, shell } from '../../app/bridge.ts';
import { useWork, type Work } from '../../app/use-core.ts';
import { sv } from '../../text/sv.ts';

function textOf(base64: string): string {
  return new TextDecoder().decode(Uint8Array.from(atob(base64), (character) => character.charCodeAt(0)));
}

/** Reads one incident file that the person chose. All of it is stored, or nothing. */
export function useImport(): { work: Work<void>; imported: number | null } {
  const [imported, setImported] = useState<number | null>(null);
  const work = useWork(async () => {
    setImported(null);
    const file = await shell.call('chooseFile', { title: sv.incidents.importTitle, kind: 'incident' });
    if (file === null) return;
    const ids = await core.call('incidents.import', {
      files: [{ name: file.name, text: textOf(file.content) }],
    });
    setImported(ids.length);
  });
  return { work, imported };
}
