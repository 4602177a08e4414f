/** vitest's `globalSetup`: what it returns is run when all files are done. */
export { shareAmongFiles as default } from './made-once.ts';
