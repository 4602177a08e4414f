import { Button } from '@midas-ds/components/button';
import { TextArea, TextField } from '@midas-ds/components/textfield';
import { useState } from 'react';
import { z } from 'zod';
import { LEVELS } from '../../../shared/domain/marking.ts';
import { UNJUDGED_MARKING } from '../../../shared/domain/words.ts';
import { core } from '../../app/bridge.ts';
import { useApp } from '../../app/store.ts';
import { useQuery, useWork } from '../../app/use-core.ts';
import { useDraft } from '../../app/use-draft.ts';
import { Back } from '../../components/Back.tsx';
import { Dialog, DialogActions } from '../../components/Dialog.tsx';
import { DraftNotice, DraftState } from '../../components/DraftNotice.tsx';
import { ErrorBanner } from '../../components/ErrorBanner.tsx';
import { Muted, Panel, Row } from '../../components/Layout.tsx';
import { Loading } from '../../components/Loading.tsx';
import { isComplete, MarkingField, useLevels } from '../../components/MarkingField.tsx';
import { Notice } from '../../components/Notice.tsx';
import { Page } from '../../components/Page.tsx';
import { WorkButton } from '../../components/WorkButton.tsx';
import { sv } from '../../text/sv.ts';
import { orderOf } from '../report/order.ts';
import { callText, isEmptyCall, questionsOf, type CallQuestion } from './call-log.ts';
import styles from './CallScreen.module.css';
import { clockSchema, NO_CLOCK, secondsOf } from './call-clock.ts';
import { Clock } from './Clock.tsx';
import { PhoneNumbers, usePhoneNumbers } from './PhoneNumbers.tsx';

const FORM = 'telefonnotifiering';

const schema = z.strictObject({
  notes: z.record(z.string(), z.string()),
  receiver: z.string(),
  caseNumber: z.string(),
  marking: z.strictObject({ level: z.enum(LEVELS), basis: z.array(z.string()).readonly() }),
  /** It runs on through a lock and a crash: when it was started is what is kept. */
  clock: clockSchema.default(NO_CLOCK),
});
type CallDraft = Readonly<z.output<typeof schema>>;
const NO_CALL: CallDraft = {
  notes: {},
  receiver: '',
  caseNumber: '',
  marking: UNJUDGED_MARKING,
  clock: NO_CLOCK,
};

/** The call to CERT-SE: the number, what may be said to each question, and notes. In large type, for a bad night. */
export function CallScreen({ incident }: { readonly incident: string }) {
  const { data, error } = useQuery('reports.build', orderOf(incident, FORM, 'open', true));
  const { data: about } = useQuery('incidents.get', { incident });
  const subject = `call:${incident}`;
  const draft = useDraft<CallDraft>({
    subject,
    incident,
    schema,
    initial: NO_CALL,
    levelOf: ({ marking }) => marking.level,
  });
  const { notes, receiver, caseNumber, marking, clock } = draft.value;
  const go = useApp((state) => state.go);
  const [isSaved, setSaved] = useState(false);
  const [isAsking, setAsking] = useState(false);
  const levels = useLevels();
  const phone = usePhoneNumbers();
  const questions = data ? questionsOf(data.document) : [];
  const save = useWork(async () => {
    const numbers = (phone.numbers ?? []).map(({ number }) => number);
    const seconds = secondsOf(clock, Date.now());
    const text = callText(questions, { numbers, seconds, receiver, caseNumber, notes });
    const row = { incident, kind: 'kommunikation', at: null, text, ...marking } as const;
    await draft.whileSaving(() => core.call('incidents.log', { ...row, draft: subject }));
    setSaved(true);
  });
  if (error) return <ErrorBanner error={error} />;
  if (!data || draft.isLoading) return <Loading />;
  return (
    <Page
      title={sv.call.title}
      above={<Back to={{ screen: 'incident', incident }} label={sv.report.backToIncident} />}
    >
      <div className={styles.top}>
        <PhoneNumbers {...phone} />
        <Clock clock={clock} onChange={(changed) => draft.put({ clock: changed })} />
      </div>
      <Notice kind="warning" title={sv.call.open}>
        <p>{sv.call.openText}</p>
        <p>
          {sv.call.refusalLabel}: {sv.call.refusal}
        </p>
      </Notice>
      {about?.protectedPartHidden && <Notice kind="important">{sv.incident.hiddenLog}</Notice>}
      <DraftNotice draft={draft} />
      {questions.map((question) => (
        <Question
          key={question.id}
          question={question}
          note={notes[question.id] ?? ''}
          onNote={(note) => draft.put({ notes: { ...notes, [question.id]: note } })}
        />
      ))}
      <Panel>
        <Row>
          <TextField
            label={sv.call.receiver}
            size="medium"
            value={receiver}
            onChange={(written) => draft.put({ receiver: written })}
          />
          <TextField
            label={sv.call.caseNumber}
            size="medium"
            value={caseNumber}
            onChange={(written) => draft.put({ caseNumber: written })}
          />
        </Row>
        <MarkingField
          key={draft.generation}
          label={sv.call.marking}
          value={marking}
          levels={levels}
          onChange={(chosen) => draft.put({ marking: chosen })}
        />
        <ErrorBanner error={save.error} />
        {isSaved && !draft.isChanged ? (
          <>
            <Notice kind="success">{sv.call.saved}</Notice>
            <Button size="medium" autoFocus onPress={() => go({ screen: 'incident', incident })}>
              {sv.report.backToIncident}
            </Button>
          </>
        ) : (
          <>
            <DraftState draft={draft} />
            <WorkButton
              work={save}
              label={sv.call.save}
              isDisabled={!isComplete(marking)}
              onPress={() => (isEmptyCall(draft.value) ? setAsking(true) : void save.run())}
            />
          </>
        )}
      </Panel>
      {isAsking && (
        <Dialog title={sv.call.emptyTitle} onEnd={() => setAsking(false)}>
          <p>{sv.call.emptyText}</p>
          <DialogActions>
            <Button size="medium" onPress={() => setAsking(false)}>
              {sv.call.emptyBack}
            </Button>
            <Button
              variant="secondary"
              size="medium"
              onPress={() => {
                setAsking(false);
                void save.run();
              }}
            >
              {sv.call.emptySave}
            </Button>
          </DialogActions>
        </Dialog>
      )}
    </Page>
  );
}

interface QuestionProps {
  readonly question: CallQuestion;
  readonly note: string;
  readonly onNote: (note: string) => void;
}

function Question({ question, note, onNote }: QuestionProps) {
  return (
    <Panel>
      <p className={styles.question} role="heading" aria-level={2}>
        {question.label}
      </p>
      <div>
        <Muted>{sv.call.mayBeSaid}</Muted>
        {question.mayBeSaid.length === 0 && <p className={styles.answer}>{sv.call.nothingOpen}</p>}
        {question.mayBeSaid.map((line) => (
          <p key={line} className={styles.answer}>
            {line}
          </p>
        ))}
      </div>
      {question.withheld > 0 && <p className={styles.withheld}>{sv.call.withheldParts(question.withheld)}</p>}
      <TextArea
        label={sv.call.note}
        aria-label={`${sv.call.note}: ${question.label}`}
        value={note}
        onChange={onNote}
        rows={2}
      />
    </Panel>
  );
}
