import { writeFileSync } from 'node:fs';

/**
 * Keeps the memory of this process, and of those it starts, out of core dumps on Linux. Node has no setrlimit, and
 * `ulimit -c 0` does not reach a dump that the kernel pipes to systemd-coredump; the filter of mappings reaches both,
 * and a child inherits it. Not reached: renderers, which come from a process that Chromium forks before any script
 * runs, and Windows Error Reporting, which the administrator turns off; README.md in this folder says how.
 * @returns whether it took
 */
export function keepMemoryOutOfCoreDumps(platform: NodeJS.Platform = process.platform): boolean {
  if (platform !== 'linux') return false;
  try {
    writeFileSync('/proc/self/coredump_filter', '0x0');
    return true;
  } catch {
    // A kernel without core dumps has no such file, and nothing to keep out.
    return false;
  }
}
