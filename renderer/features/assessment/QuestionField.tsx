import { Checkbox, CheckboxGroup } from '@midas-ds/components/checkbox';
import { Radio, RadioGroup } from '@midas-ds/components/radio';
import { TextField } from '@midas-ds/components/textfield';
import { useState } from 'react';
import {
  CURRENCIES,
  DURATION_UNITS,
  type AssessmentAnswer,
  type Currency,
  type DurationUnit,
} from '../../../shared/domain/assessment.ts';
import { readNumber, UNIT_NAME } from '../../../shared/domain/assessment-words.ts';
import { Choice } from '../../components/Choice.tsx';
import { Muted, Stack } from '../../components/Layout.tsx';
import { sv } from '../../text/sv.ts';
import styles from './Assessment.module.css';
import type { Question } from './answers.ts';

interface QuestionFieldProps {
  readonly question: Question;
  readonly answer: AssessmentAnswer | undefined;
  /** What the codes of a choice are called. */
  readonly names: ReadonlyMap<string, string>;
  readonly isDisabled: boolean;
  readonly onAnswer: (answer: AssessmentAnswer) => void;
}

const UNKNOWN: AssessmentAnswer = { type: 'unknown' };
const text = sv.assessment;

/** One question, with the kind of field that its answer needs. "Not known yet" is an answer like the others. */
export function QuestionField(props: QuestionFieldProps) {
  const { question } = props;
  if (question.type === 'yes-no') return <YesNo {...props} />;
  if (question.type === 'choice') return <Codes {...props} />;
  return <Quantity {...props} />;
}

function YesNo({ question, answer, isDisabled, onAnswer }: QuestionFieldProps) {
  const value = answer?.type === 'yes-no' ? answer.value : answer?.type === 'unknown' ? 'unknown' : null;
  return (
    <RadioGroup
      label={question.text}
      description={question.help}
      orientation="horizontal"
      isDisabled={isDisabled}
      value={value}
      onChange={(chosen) =>
        onAnswer(chosen === 'unknown' ? UNKNOWN : { type: 'yes-no', value: chosen as 'ja' | 'nej' })
      }
    >
      <Radio value="ja">{text.yes}</Radio>
      <Radio value="nej">{text.no}</Radio>
      <Radio value="unknown">{text.unknown}</Radio>
    </RadioGroup>
  );
}

function Codes({ question, answer, names, isDisabled, onAnswer }: QuestionFieldProps) {
  const chosen = answer?.type === 'choice' ? [...answer.codes] : [];
  const put = (codes: readonly string[]): void =>
    onAnswer(codes.length === 0 ? UNKNOWN : { type: 'choice', codes });
  if (question.type !== 'choice') return null;
  const field = { label: question.text, description: question.help, isDisabled };
  if (!question.several) {
    return (
      <RadioGroup
        {...field}
        value={chosen[0] ?? (answer ? 'unknown' : null)}
        onChange={(code) => put(code === 'unknown' ? [] : [code])}
      >
        {[...names].map(([code, name]) => (
          <Radio key={code} value={code}>
            {name}
          </Radio>
        ))}
        <Radio value="unknown">{text.unknown}</Radio>
      </RadioGroup>
    );
  }
  return (
    <CheckboxGroup {...field} value={chosen} onChange={put}>
      <div className={styles.codes}>
        {[...names].map(([code, name]) => (
          <Checkbox key={code} value={code}>
            {name}
          </Checkbox>
        ))}
      </div>
    </CheckboxGroup>
  );
}

/** What was typed is kept as typed; only what is a number is an answer. */
function Quantity({ question, answer, isDisabled, onAnswer }: QuestionFieldProps) {
  const [typed, setTyped] = useState(() =>
    answer && 'value' in answer && typeof answer.value === 'number'
      ? String(answer.value).replace('.', ',')
      : '',
  );
  const [unit, setUnit] = useState<DurationUnit>(answer?.type === 'duration' ? answer.unit : 'timme');
  const [currency, setCurrency] = useState<Currency>(
    answer?.type === 'money' ? answer.currency : (question.type === 'money' && question.currency) || 'SEK',
  );
  const put = (written: string, inUnit: DurationUnit, inCurrency: Currency): void => {
    const value = readNumber(written);
    if (value === null) onAnswer(UNKNOWN);
    else if (question.type === 'duration') onAnswer({ type: 'duration', value, unit: inUnit });
    else if (question.type === 'money') onAnswer({ type: 'money', value, currency: inCurrency });
    else if (question.type === 'percentage') onAnswer({ type: 'percentage', value });
    else onAnswer({ type: 'number', value });
  };
  const isBad = typed.trim() !== '' && readNumber(typed) === null;
  const sign = question.type === 'percentage' ? '%' : question.type === 'number' ? question.unit : null;
  return (
    <Stack gap="small">
      <div className={styles.quantity}>
        <TextField
          label={sign === null ? question.text : `${question.text} (${sign})`}
          description={question.help}
          size="medium"
          inputMode="decimal"
          isDisabled={isDisabled}
          isInvalid={isBad}
          errorMessage={isBad ? text.badNumber : undefined}
          value={typed}
          onChange={(written) => {
            setTyped(written);
            put(written, unit, currency);
          }}
        />
        {question.type === 'duration' && (
          <Choice
            aria-label={text.unitOf(question.text)}
            isDisabled={isDisabled}
            value={unit}
            options={DURATION_UNITS.map((one) => [one, UNIT_NAME[one]] as const)}
            onChange={(one) => {
              setUnit(one);
              put(typed, one, currency);
            }}
          />
        )}
        {question.type === 'money' && (
          <Choice
            aria-label={text.currencyOf(question.text)}
            isDisabled={isDisabled}
            value={currency}
            options={CURRENCIES.map((one) => [one, one] as const)}
            onChange={(one) => {
              setCurrency(one);
              put(typed, unit, one);
            }}
          />
        )}
      </div>
      {answer?.type === 'unknown' && !isBad && <Muted>{text.unknown}</Muted>}
    </Stack>
  );
}
