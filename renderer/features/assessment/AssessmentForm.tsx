import { Checkbox } from '@midas-ds/components/checkbox';
import { Radio, RadioGroup } from '@midas-ds/components/radio';
import { TextArea } from '@midas-ds/components/textfield';
import { useState } from 'react';
import { z } from 'zod';
import { answerSchema } from '../../../shared/domain/assessment.ts';
import { codeNames } from '../../../shared/domain/assessment-words.ts';
import { isProtectedLevel } from '../../../shared/domain/marking.ts';
import { usualProvisions } from '../../../shared/domain/words.ts';
import { core } from '../../app/bridge.ts';
import { isUnlocked, useApp } from '../../app/store.ts';
import { useQuery, useWork } from '../../app/use-core.ts';
import { useDraft } from '../../app/use-draft.ts';
import { DraftNotice, DraftState } from '../../components/DraftNotice.tsx';
import { ErrorBanner } from '../../components/ErrorBanner.tsx';
import { Muted, Panel, Stack } from '../../components/Layout.tsx';
import { Loading } from '../../components/Loading.tsx';
import { isComplete, MarkingField, useLevels, type WantedMarking } from '../../components/MarkingField.tsx';
import { Notice } from '../../components/Notice.tsx';
import { WorkButton } from '../../components/WorkButton.tsx';
import { sv } from '../../text/sv.ts';
import { markingSchema } from '../incident/ItemEditor.tsx';
import { ItemMarking } from '../incident/ItemMarking.tsx';
import styles from './Assessment.module.css';
import { answersNow, isTelling, questionGroups, resultNow, type View, type Written } from './answers.ts';
import { DecisionList } from './DecisionList.tsx';
import { Proposal } from './Proposal.tsx';
import { QuestionField } from './QuestionField.tsx';

const text = sv.assessment;
const LOWEST_PROTECTED = 'begransat-hemlig';

const schema = z.strictObject({
  answers: z.record(z.string(), answerSchema),
  marking: markingSchema,
  outcome: z.string(),
  reason: z.string(),
  setTime: z.boolean(),
});
interface Form {
  readonly answers: Written;
  readonly marking: WantedMarking;
  readonly outcome: string;
  readonly reason: string;
  readonly setTime: boolean;
}

interface AssessmentFormProps {
  readonly incident: string;
  readonly view: View;
  readonly isHidden: boolean;
}

/** Questions, what they come to, and the decision: one form, so that nothing has to be gone back to. */
export function AssessmentForm({ incident, view, isHidden }: AssessmentFormProps) {
  const { assessment } = view;
  const status = useApp((state) => state.status);
  const codeLists = useQuery('rules.codeLists', null).data ?? [];
  const from = assessment.sensitive ? LOWEST_PROTECTED : 'oppen';
  const subject = `assessment:${incident}:${assessment.id}`;
  const draft = useDraft<Form>({
    subject,
    incident,
    schema,
    initial: {
      answers: {},
      marking: { level: from, basis: from === 'oppen' ? [] : [...usualProvisions(from)] },
      outcome: '',
      reason: '',
      setTime: assessment.decisionTime !== undefined,
    },
    levelOf: ({ marking, answers }) =>
      isTelling(view, answers) && !isProtectedLevel(marking.level) ? LOWEST_PROTECTED : marking.level,
  });
  const { value } = draft;
  const telling = isTelling(view, value.answers);
  const levels = useLevels(telling ? LOWEST_PROTECTED : from);
  const [done, setDone] = useState<readonly string[]>([]);
  const wanted = { level: value.marking.level, basis: value.marking.basis };
  /** What tells of säkerhetsskydd starts with a marking that may hold it; a higher one that was chosen stays. */
  const answerWith = (answers: Written): void => {
    const isBelow = isTelling(view, answers) && !isProtectedLevel(value.marking.level);
    const marking = { level: LOWEST_PROTECTED, basis: [...usualProvisions(LOWEST_PROTECTED)] } as const;
    draft.put(isBelow ? { answers, marking } : { answers });
  };
  const saveAnswers = async (): Promise<void> => {
    const answers = Object.entries(value.answers).map(([question, answer]) => ({ question, answer }));
    if (answers.length === 0) return;
    await core.call('assessments.answer', { incident, assessment: assessment.id, answers, ...wanted });
    draft.put({ answers: {} });
  };
  const save = useWork(async () => {
    setDone([]);
    await saveAnswers();
    setDone([text.saved]);
  });
  const decide = useWork(async () => {
    setDone([]);
    await saveAnswers();
    const decided = await draft.whileSaving(() =>
      core.call('assessments.decide', {
        incident,
        assessment: assessment.id,
        outcome: value.outcome,
        reason: value.reason,
        ...wanted,
        setTime: value.setTime,
        draft: subject,
      }),
    );
    setDone([text.recorded, text.steps[decided.steps], ...(decided.timeSet ? [text.timeSet] : [])]);
  });
  if (draft.isLoading) return <Loading />;
  const result = resultNow(view, value.answers);
  const now = answersNow(view, value.answers);
  const isLocked = isHidden || !isUnlocked(status, 'open') || levels.length === 0;
  const isMarked = isComplete(wanted) && levels.includes(wanted.level);
  const isRunning = save.isRunning || decide.isRunning;
  const canDecide = !isLocked && isMarked && value.outcome !== '' && value.reason.trim() !== '' && !isRunning;
  return (
    <Stack>
      {(isHidden || levels.length === 0) && (
        <Notice kind="important">{isHidden ? text.hidden : text.needsProtected}</Notice>
      )}
      <DraftNotice draft={draft} />
      <div className={styles.layout}>
        <Stack>
          <Muted>{text.answered(result.asked.filter((id) => now.has(id)).length, result.asked.length)}</Muted>
          {questionGroups(view, result.asked).map(({ heading, questions }) => (
            <section key={heading ?? ''} aria-label={heading ?? text.questions}>
              {heading !== null && <h3>{heading}</h3>}
              <ul className={styles.questions}>
                {questions.map((question) => {
                  const stored = view.answers.find((one) => one.question === question.id);
                  const isAssumed = !now.has(question.id)
                    ? false
                    : !stored && !(question.id in value.answers);
                  const key = `${assessment.id}:${question.id}`;
                  return (
                    <li key={`${question.id} ${draft.generation}`}>
                      <Stack gap="small">
                        <QuestionField
                          question={question}
                          answer={now.get(question.id)}
                          names={codeNames(question, codeLists)}
                          isDisabled={isLocked}
                          onAnswer={(answer) => answerWith({ ...value.answers, [question.id]: answer })}
                        />
                        {isAssumed && <Muted>{text.fromSettings}</Muted>}
                        {question.type === 'yes-no' && question.telling === true && telling && (
                          <Notice kind="important">{text.telling}</Notice>
                        )}
                        {stored && (
                          <ItemMarking
                            item={{ incident, kind: 'assessment-answer', key }}
                            name={text.answerName(question.text)}
                            marking={stored.marking}
                          />
                        )}
                      </Stack>
                    </li>
                  );
                })}
              </ul>
            </section>
          ))}
        </Stack>
        <Proposal view={view} result={result} />
      </div>
      {levels.length > 0 && (
        <form
          onSubmit={(event) => {
            event.preventDefault();
            if (canDecide) void decide.run();
          }}
        >
          <Panel title={text.decision}>
            <MarkingField
              key={`${draft.generation} ${telling}`}
              label={text.marking}
              value={value.marking}
              levels={levels}
              onChange={(marking) =>
                draft.put({ marking: { level: marking.level, basis: [...marking.basis] } })
              }
            />
            <WorkButton
              work={save}
              variant="secondary"
              size="medium"
              label={text.saveAnswers}
              isDisabled={isLocked || !isMarked || isRunning || Object.keys(value.answers).length === 0}
              onPress={() => void save.run()}
            />
            <RadioGroup
              label={text.decide}
              isDisabled={isLocked}
              value={value.outcome || null}
              onChange={(outcome) => draft.put({ outcome })}
            >
              {assessment.outcomes.map(({ id, name }) => (
                <Radio key={id} value={id}>
                  {id === result.proposed ? text.isProposed(name) : name}
                </Radio>
              ))}
            </RadioGroup>
            {value.outcome !== '' && value.outcome !== result.proposed && (
              <Notice kind="important">{result.proposed === null ? text.notSettled : text.deviates}</Notice>
            )}
            <TextArea
              label={text.reason}
              description={text.reasonHelp}
              isRequired
              isDisabled={isLocked}
              rows={3}
              value={value.reason}
              onChange={(reason) => draft.put({ reason })}
            />
            {assessment.decisionTime !== undefined && (
              <Checkbox
                isSelected={value.setTime}
                isDisabled={isLocked}
                onChange={(setTime) => draft.put({ setTime })}
              >
                {text.setTime}
              </Checkbox>
            )}
            <DraftState draft={draft} />
            <ErrorBanner error={save.error ?? decide.error} />
            {done.length > 0 && <Notice kind="success">{done.join(' ')}</Notice>}
            <WorkButton work={decide} size="medium" label={text.submit} isDisabled={!canDecide} />
          </Panel>
        </form>
      )}
      <DecisionList incident={incident} view={view} />
    </Stack>
  );
}
