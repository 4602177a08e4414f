import { z } from 'zod/v4';

// Compiled checks need eval, which the CSP refuses. This file stands in for `zod` in the built window (vite.config.ts),
// so that it is set before any schema is made, in whatever order the chunks are loaded.
z.config({ jitless: true });

export { z };
