import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { PAGE, renewedPage } from './regimes.ts';

it('docs/regimes.md shows what the rules give for every case now: renew it with npm run regimes', async () => {
  const page = readFileSync(PAGE, 'utf8');
  expect(await renewedPage(page)).toBe(page);
});
