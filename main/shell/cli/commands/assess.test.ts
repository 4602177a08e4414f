import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { casePath, makeTestVault, type TestVault } from '../../../testing/vault.ts';
import { mustSigill, refused, sigill, unlocking } from '../testing/run.ts';

let vault: TestVault;
let id: string;
let words: string[];
beforeAll(async () => {
  vault = await makeTestVault();
  const answer = await mustSigill([
    'incident',
    'import',
    ...unlocking(vault, 'open', 'protected'),
    casePath('miljodata-2025'),
  ]);
  id = answer[0].incident;
  words = ['assess', ...unlocking(vault, 'open', 'protected'), '--incident', id];
});
afterAll(() => vault.remove());

function file(name: string, text: string): string {
  const path = join(vault.root, name);
  writeFileSync(path, text);
  return path;
}

describe('sigill assess', () => {
  it('shows what is asked, what it comes to and what could still decide', async () => {
    const json = await mustSigill([...words, '--regime', 'GDPR']);
    expect(json.assessments).toHaveLength(1);
    expect(json.assessments[0]).toMatchObject({
      regime: 'GDPR',
      assessment: { id: 'GDPR-RISK' },
      result: { state: 'open', proposed: null, open: ['personuppgifter', 'risk-osannolik', 'hog-risk'] },
      decisions: [],
    });
    const { out } = await sigill([...words, '--regime', 'GDPR']);
    expect(out).toContain('Kan inte avgöras än.');
    expect(out).toContain('Vid osäkerhet: anmäl.');
    expect(out).not.toContain('undefined');
    expect((await mustSigill([...words, '--regime', 'POLIS'])).assessments).toEqual([]);
    const mistyped = await refused([...words, '--regime', 'GPDR']);
    expect(mistyped.message).toMatch(/inget regelverk GPDR\. Välj ett av .*GDPR/);
  });

  it('takes answers and a decision from files, and says that it deviates', async () => {
    const answers = file(
      'svar.txt',
      '# Det vi vet\n\npersonuppgifter = Ja\nrisk-osannolik=nej\nhog-risk = vet-inte\n',
    );
    const reason = file('skal.txt', 'Uppgifterna var krypterade.\n');
    const asked = [...words, '--assessment', 'GDPR-RISK', '--level', 'oppen'];
    const json = await mustSigill([...asked, '--answers-file', answers]);
    expect(json.assessments[0].result).toMatchObject({
      state: 'at-least',
      proposed: 'anmal',
      open: ['hog-risk'],
    });
    const decided = await mustSigill([...asked, '--decide', 'anmals-inte', '--reason-file', reason]);
    expect(decided.decision).toMatchObject({ steps: 'followed', timeSet: false });
    expect(decided.assessments[0].decisions[0]).toMatchObject({
      decided: 'anmals-inte',
      proposed: 'anmal',
      deviates: true,
      reason: 'Uppgifterna var krypterade.',
    });
    const { out } = await sigill([...words, '--regime', 'GDPR']);
    expect(out).toContain('till skillnad från förslaget (Anmäl till IMY)');
    const { deadlines } = await mustSigill(['deadlines', ...words.slice(1)]);
    const gdpr = deadlines.filter((one: { regime: { id: string } }) => one.regime.id === 'GDPR');
    expect(gdpr.map((one: { state: string }) => one.state)).toEqual(['not-applicable', 'not-applicable']);
  });

  it('refuses what cannot be read, without repeating what was answered', async () => {
    const asked = [...words, '--assessment', 'GDPR-RISK', '--level', 'oppen'];
    const bad = await refused([
      ...asked,
      '--answers-file',
      file('fel.txt', 'personuppgifter = HEMLIGTSVAR\nfinns-inte = ja\n'),
    ]);
    expect(bad).toMatchObject({ code: 2, kind: 'usage' });
    expect(bad.faults).toHaveLength(2);
    expect(JSON.stringify(bad)).not.toContain('HEMLIGTSVAR');
    const answers = file('svar2.txt', 'personuppgifter = ja\n');
    expect(await refused([...words, '--level', 'oppen', '--answers-file', answers])).toMatchObject({
      code: 2,
    });
    expect(await refused([...asked, '--decide', 'anmal'])).toMatchObject({ code: 2 });
    expect(await refused([...words, '--set-time'])).toMatchObject({ code: 2 });
    expect(
      await refused([...words, '--assessment', 'SAK-2-4', '--level', 'oppen', '--answers-file', answers]),
    ).toMatchObject({ code: 2 });
  });
});
