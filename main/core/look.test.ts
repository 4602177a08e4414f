import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { IncidentId } from '../../shared/domain/incident.ts';
import { trustKey } from '../packs/publishers.ts';
import { inspectPack, takePack } from '../packs/take.ts';
import { loadRulePack } from '../rules/load.ts';
import { renderReportPdf } from '../reports/pdf.ts';
import { renderText } from '../reports/text.ts';
import { addSecondPerson, secondPerson } from '../testing/incidents.ts';
import { textOfPages } from '../testing/pdf.ts';
import { laterPack, makePublisher, ownPack, signed, type Content } from '../testing/rule-packs.ts';
import { casePath, makeTestVault, type TestVault } from '../testing/vault.ts';
import type { Vault } from '../vault/session.ts';
import { dispatchToPrinter } from './dispatch.ts';
import { importIncidentFiles } from './import-incidents.ts';
import { inLook } from './look.ts';
import { makeReport, reportRemarks } from './make-report.ts';
import { writeList } from './register.ts';
import { byPrint } from './ways-out.ts';

const rules = loadRulePack();
let test: TestVault;
let vault: Vault;
let exercise: IncidentId;

beforeAll(async () => {
  test = await makeTestVault();
  vault = await test.open(['open', 'protected']);
  await addSecondPerson(vault);
  [exercise] = importIncidentFiles(vault, rules, [casePath('ovning-sakerhetskanslig')]) as [IncidentId];
});
afterAll(() => {
  vault.close();
  test.remove();
});

const order = () => ({
  incidentId: exercise,
  formId: 'sakerhetspolisen-anmalan',
  version: 'full' as const,
  draft: true,
  decision: { reason: 'Skrivaren är godkänd.', decidedBy: 'Säkerhetsskyddschefen' },
});

const isOfCharacters = (remark: string): boolean => remark.includes(': tecken som ');

async function firstPage(context: Parameters<typeof textOfPages>[0]): Promise<string> {
  const printed = await dispatchToPrinter(vault, rules, order(), byPrint(inLook(vault, rules)));
  return textOfPages(context, printed.content)[0] ?? '';
}

it('a document is stamped as the organisation’s own pack says, from when it has been taken', async (context) => {
  expect(await firstPage(context)).not.toContain('NORRDALS STÄMPEL');
  const publisher = makePublisher('norrdal', 'Norrdals kommun');
  await trustKey(vault, publisher.file, 'Vår egen', secondPerson('open'));
  const stamp = laterPack(1).get('stamp/stampel.json') as Content;
  const first = [{ text: 'NORRDALS STÄMPEL', size: 12, bold: true }, ...(stamp['first'] as Content[])];
  const pack = signed(
    ownPack(1, { 'stampel.json': { ...stamp, first } }, { replaces: [{ kind: 'stamp', id: 'STAMPEL' }] }),
    publisher,
  );
  takePack(vault, rules, pack, { digest: inspectPack(vault, rules, pack).digest, reason: 'Egen stämpel' });
  expect(await firstPage(context)).toContain('NORRDALS STÄMPEL');
  const { decision } = order();
  const list = { room: 'protected' as const, list: 'media' as const, inventory: null, decision };
  const { file } = await writeList(vault, rules, list, join(test.root, 'medier.pdf'));
  expect(textOfPages(context, readFileSync(file.path))[0]).toContain('NORRDALS STÄMPEL');
});

it('a character that no font has, or that nobody sees, is told before the report is made, with its field', async (context) => {
  const document = makeReport(vault, rules, order());
  const [section] = document.sections;
  const field = section?.fields.find(({ parts }) => parts.length > 0);
  if (!section || !field) throw new TypeError('The form has an answered field.');
  const [part] = field.parts;
  const changed = {
    ...document,
    sections: [
      {
        ...section,
        fields: [{ ...field, parts: [{ ...part, text: 'Namnet är 中 och ⚠, exam\u200bple\ue000.com' }] }],
      },
    ],
  } as typeof document;
  const told = reportRemarks(rules, vault, order(), changed).filter(isOfCharacters);
  expect(told).toEqual([
    `${field.label}: tecken som inte syns skrivs ut med sitt nummer, i PDF och i text: [U+200B] [U+E000].`,
    `${field.label}: tecken som inget av Sigills typsnitt har: [U+4E2D]. I PDF står numret i en ruta, i text tecknet självt.`,
  ]);
  // And so it is done, both ways.
  const text = renderText(changed);
  expect(text).toContain('Namnet är 中 och ⚠, exam[U+200B]ple[U+E000].com');
  const pages = textOfPages(context, await renderReportPdf(changed)).join('\n');
  expect(pages).toContain('Namnet är [U+4E2D] och ⚠, exam[U+200B]ple[U+E000].com');
  const none = reportRemarks(rules, vault, order(), document).filter(isOfCharacters);
  expect(none).toEqual([]);
});
