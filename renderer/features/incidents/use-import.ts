import { useState } from 'react';
import { core, shell } from '../../app/bridge.ts';
import { useWork, type Work } from '../../app/use-core.ts';
import { sv } from '../../text/sv.ts';

function textOf(base64: string): string {
  return new TextDecoder().decode(Uint8Array.from(atob(base64), (character) => character.charCodeAt(0)));
}

export interface Imported {
  readonly count: number;
  /** Regimes that the file does not name: they came along with those that it does. */
  readonly along: readonly string[];
}

/** @param text a file that the core has just taken */
function regimesNamedIn(text: string): readonly string[] {
  const { regimes } = JSON.parse(text) as { regimes?: readonly string[] };
  return regimes ?? [];
}

/** Reads one incident file that the person chose. All of it is stored, or nothing. */
export function useImport(): { work: Work<void>; imported: Imported | null } {
  const [imported, setImported] = useState<Imported | null>(null);
  const work = useWork(async () => {
    setImported(null);
    const file = await shell.call('chooseFile', { title: sv.incidents.importTitle, kind: 'incident' });
    if (file === null) return;
    const ids = await core.call('incidents.import', {
      files: [{ name: file.name, text: textOf(file.content) }],
    });
    const incidents = await Promise.all(ids.map((incident) => core.call('incidents.get', { incident })));
    const named = regimesNamedIn(textOf(file.content));
    const along = incidents.flatMap(({ regimes }) => regimes.filter((id) => !named.includes(id)));
    setImported({ count: ids.length, along: [...new Set(along)] });
  });
  return { work, imported };
}
