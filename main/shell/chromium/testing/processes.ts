import { readdirSync, readFileSync, readlinkSync } from 'node:fs';

/** A process and everything it started, straight or through others. Linux only. */
export function processTree(root: number): number[] {
  const parents = new Map<number, number>();
  for (const name of readdirSync('/proc')) {
    if (!/^\d+$/.test(name)) continue;
    try {
      // The name of the program stands in parentheses and may hold anything: read from after the last one.
      const stat = readFileSync(`/proc/${name}/stat`, 'utf8');
      const [state, parent] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
      if (state !== 'Z') parents.set(Number(name), Number(parent));
    } catch {
      // It ended while it was looked at.
    }
  }
  const tree = [root];
  for (const known of tree) {
    for (const [pid, parent] of parents) if (parent === known) tree.push(pid);
  }
  return tree;
}

const LISTENING = '0A';
/** An UDP socket that is bound and not connected has this state. */
const UNCONNECTED = '07';

/** The local addresses where any of the processes waits for somebody: `tcp 0100007F:1F90`. */
export function listeningSockets(processes: readonly number[]): string[] {
  const waiting = new Map<string, string>();
  for (const [table, state] of [
    ['tcp', LISTENING],
    ['tcp6', LISTENING],
    ['udp', UNCONNECTED],
    ['udp6', UNCONNECTED],
  ] as const) {
    for (const line of readTable(table)) {
      const fields = line.trim().split(/\s+/);
      const [, local = '', , found] = fields;
      const inode = fields[9];
      if (found === state && inode) waiting.set(`socket:[${inode}]`, `${table} ${local}`);
    }
  }
  return processes.flatMap((pid) => openFiles(pid).flatMap((file) => waiting.get(file) ?? []));
}

function readTable(name: string): string[] {
  try {
    return readFileSync(`/proc/net/${name}`, 'utf8').split('\n').slice(1);
  } catch {
    return [];
  }
}

function openFiles(pid: number): string[] {
  try {
    const folder = `/proc/${pid}/fd`;
    return readdirSync(folder).map((name) => readlinkSync(`${folder}/${name}`));
  } catch {
    return [];
  }
}
