/**
 * How Node runs our tests. Where the processor has memory protection keys, V8's record of its code pages is now and then lost
 * while threads come and go (`Check failed: jit_page.has_value()`, a fault of V8 that several projects meet), and the whole
 * process falls. The flag is the process's own, and nothing that is tested depends on it.
 */
export const NODE_FLAGS: string[] = ['--no-memory-protection-keys'];
