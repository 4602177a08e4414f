import { Button } from '@midas-ds/components/button';
import { Radio, RadioGroup } from '@midas-ds/components/radio';
import { TextArea } from '@midas-ds/components/textfield';
import {
  needsReason,
  type Question,
  type TreeAnswer,
  type WrittenAnswer,
} from '../../../shared/domain/decision-tree.ts';
import { Muted, Panel, Row } from '../../components/Layout.tsx';
import { Notice } from '../../components/Notice.tsx';
import { sv } from '../../text/sv.ts';

interface QuestionFormProps {
  readonly number: number;
  readonly question: Question;
  readonly isProtected: boolean;
  /** What stands in the form. */
  readonly written: WrittenAnswer;
  readonly onWrite: (part: Partial<WrittenAnswer>) => void;
  readonly onBack: (() => void) | null;
  readonly onAnswer: (answer: TreeAnswer, reason: string) => void;
}

/** One question of the tree, with where it comes from. A no needs its reason. */
export function QuestionForm({
  number,
  question,
  isProtected,
  written: { answer, reason },
  onWrite,
  onBack,
  onAnswer,
}: QuestionFormProps) {
  const words = sv.newIncident.questions[question.id];
  const isReasonNeeded = answer !== null && needsReason(answer);
  const isDone = answer !== null && (!isReasonNeeded || reason.trim() !== '');
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (isDone) onAnswer(answer, reason);
      }}
    >
      <Panel>
        {isProtected && <Notice kind="important">{sv.newIncident.protectedTrack}</Notice>}
        <Muted>{sv.newIncident.questionNumber(number)}</Muted>
        <h2 id="question">{words.question}</h2>
        <Muted>{words.help}</Muted>
        <Muted>{words.provision}</Muted>
        <RadioGroup
          aria-labelledby="question"
          value={answer}
          onChange={(value) => onWrite({ answer: value as TreeAnswer })}
        >
          {question.options.map((option) => (
            <Radio key={option} value={option}>
              {sv.newIncident.answers[option]}
            </Radio>
          ))}
        </RadioGroup>
        <TextArea
          label={isReasonNeeded ? sv.newIncident.reasonRequired : sv.newIncident.reasonOptional}
          value={reason}
          onChange={(text) => onWrite({ reason: text })}
          isRequired={isReasonNeeded}
          rows={2}
        />
        <Row>
          {onBack && (
            <Button variant="secondary" size="medium" onPress={onBack}>
              {sv.newIncident.previous}
            </Button>
          )}
          <Button type="submit" size="medium" isDisabled={!isDone}>
            {sv.newIncident.next}
          </Button>
        </Row>
      </Panel>
    </form>
  );
}
