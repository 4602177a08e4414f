import type { ReportDocument } from '../../../shared/domain/report.ts';
import { sv } from '../../text/sv.ts';

/** One question of the call: what may be said, how much may not, and what was said. */
export interface CallQuestion {
  readonly id: string;
  readonly label: string;
  readonly mayBeSaid: readonly string[];
  readonly withheld: number;
}

/** The section of the form that holds CERT-SE's questions; the others keep the books of the call. */
const QUESTIONS = 'fragor';

/** The questions of the form for an open line. */
export function questionsOf(document: ReportDocument): CallQuestion[] {
  return document.sections
    .filter(({ id }) => id === QUESTIONS)
    .flatMap(({ fields }) => fields)
    .filter(({ blank }) => !blank)
    .map(({ id, label, parts }) => ({
      id,
      label,
      mayBeSaid: parts
        .filter((part) => !part.withheld)
        .map((part) => [part.label, part.text].filter(Boolean).join(': ')),
      withheld: parts.filter((part) => part.withheld).length,
    }));
}

/** "4 min 05 s" */
export function formatDuration(seconds: number): string {
  return `${Math.floor(seconds / 60)} min ${String(seconds % 60).padStart(2, '0')} s`;
}

export interface CallNotes {
  /** That were on the screen: which of them was dialled is not known. */
  readonly numbers: readonly string[];
  /** null where nobody has measured. */
  readonly seconds: number | null;
  readonly receiver: string;
  readonly caseNumber: string;
  /** By the id of the question. */
  readonly notes: Readonly<Record<string, string>>;
}

/** True where nobody has written anything: that may be a call nobody answered, or a press too many. */
export function isEmptyCall({
  receiver,
  caseNumber,
  notes,
}: Omit<CallNotes, 'seconds' | 'numbers'>): boolean {
  return [receiver, caseNumber, ...Object.values(notes)].every((text) => text.trim() === '');
}

/** The call as one row in the log: how long, with whom, what was said to each question, how much was withheld. */
export function callText(questions: readonly CallQuestion[], call: CallNotes): string {
  const { logHead, logReceiver, logCase, logWithheld } = sv.call;
  return [
    logHead(call.numbers.join(' / '), call.seconds === null ? null : formatDuration(call.seconds)),
    call.receiver.trim() && logReceiver(call.receiver.trim()),
    call.caseNumber.trim() && logCase(call.caseNumber.trim()),
    ...questions.map(({ id, label }) => {
      const note = call.notes[id]?.trim();
      return note ? `${label} ${note}` : '';
    }),
    // Which question was answered in part; what was held back stands where it lies.
    ...questions.map(({ label, withheld }) => withheld > 0 && logWithheld(label, withheld)),
  ]
    .filter(Boolean)
    .join('\n');
}
