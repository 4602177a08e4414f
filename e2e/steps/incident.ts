import type { Page } from 'playwright-core';
import { sv } from '../../renderer/text/sv.ts';
import type { QuestionId, TreeAnswer } from '../../shared/domain/decision-tree.ts';
import type { FactId } from '../../shared/domain/incident.ts';
import { LEVEL_NAME, type Level } from '../../shared/domain/marking.ts';
import { FACT_LABEL } from '../../shared/domain/words.ts';
import type { Hand } from '../hands.ts';
import type { Sigill } from '../harness.ts';
import { button, checkbox, field, heading } from '../words.ts';

/** What is answered to the tree: which question, what, and why not. */
export type TreeAnswers = readonly (readonly [QuestionId, TreeAnswer, string])[];

/** Answers the tree, one question at a time, in the order that the window asks. */
export async function answerTree(sigill: Sigill, hand: Hand, answers: TreeAnswers): Promise<void> {
  const page = await sigill.page();
  for (const [id, answer, reason] of answers) {
    await heading(page, sv.newIncident.questions[id].question).waitFor();
    await hand.pick(page, sv.newIncident.answers[answer]);
    if (answer === 'nej') await hand.write(page.getByLabel(sv.newIncident.reasonRequired), reason);
    await sigill.expectAccessible();
    await hand.press(button(page, sv.newIncident.next));
  }
  await heading(page, sv.newIncident.detailsTitle).waitFor();
}

/** Writes a fact that nobody has answered yet. */
export async function answerFact(
  page: Page,
  hand: Hand,
  id: FactId,
  text: string,
  marking: { readonly level: Level; readonly provision: string | null },
): Promise<void> {
  await hand.press(button(page, FACT_LABEL[id]));
  await heading(page, FACT_LABEL[id]).waitFor();
  await hand.write(field(page, sv.incident.text), text);
  if (marking.level !== 'oppen') await hand.choose(page, sv.incident.marking, LEVEL_NAME[marking.level]);
  if (marking.provision !== null) await hand.tick(checkbox(page, marking.provision));
  await hand.press(button(page, sv.common.save));
  await page.getByRole('dialog').waitFor({ state: 'detached' });
  await page.getByText(text).first().waitFor();
}
