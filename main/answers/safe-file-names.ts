const LONGEST = 80;
/** Names that Windows keeps for devices, with whatever ending. */
const RESERVED = /^(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)/i;

function safe(name: string): string {
  const plain = name
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .replace(/[^A-Za-z0-9._-]+/g, '-')
    .replace(/^[._-]+|[.-]+$/g, '');
  // The ending says what the file is: what is too long is cut before it.
  const ending = /\.[A-Za-z0-9]{1,10}$/.exec(plain)?.[0] ?? '';
  const cut = plain.slice(0, plain.length - ending.length).slice(0, LONGEST - ending.length) + ending;
  if (cut === '') return 'bilaga';
  return RESERVED.test(cut) || cut.startsWith('.') ? `bilaga-${cut}` : cut;
}

/**
 * Names that a stranger has given files, as they can stand in a folder of any system: no paths, no letters beyond ASCII, none twice. In
 * their order.
 */
export function safeFileNames(names: readonly string[]): string[] {
  const taken = new Set<string>();
  return names.map((name) => {
    const wanted = safe(name);
    let free = wanted;
    for (let number = 2; taken.has(free.toLowerCase()); number++) {
      const dot = wanted.lastIndexOf('.');
      free = dot > 0 ? `${wanted.slice(0, dot)}-${number}${wanted.slice(dot)}` : `${wanted}-${number}`;
    }
    taken.add(free.toLowerCase());
    return free;
  });
}
