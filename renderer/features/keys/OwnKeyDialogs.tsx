import { Button } from '@midas-ds/components/button';
import { TextField } from '@midas-ds/components/textfield';
import { useState, type ReactNode } from 'react';
import { OWN_YEARS, type OwnYears } from '../../../shared/domain/own-key.ts';
import { core } from '../../app/bridge.ts';
import { useQuery, useWork, type Work } from '../../app/use-core.ts';
import { usePrint } from '../../app/use-print.ts';
import { AskPrinted } from '../../components/AskPrinted.tsx';
import { Choice } from '../../components/Choice.tsx';
import { Dialog } from '../../components/Dialog.tsx';
import { ErrorBanner } from '../../components/ErrorBanner.tsx';
import { Muted, Row, Stack } from '../../components/Layout.tsx';
import { WorkButton } from '../../components/WorkButton.tsx';
import { sv } from '../../text/sv.ts';

interface EndProps {
  readonly onEnd: () => void;
}

const LIVES = ['forever', ...OWN_YEARS.map(String)] as const;
const yearsOf = (life: string): OwnYears | null => OWN_YEARS.find((years) => String(years) === life) ?? null;

function LifeChoice({
  life,
  onChange,
}: {
  readonly life: string;
  readonly onChange: (life: string) => void;
}) {
  return (
    <Choice
      label={sv.keys.life}
      value={life}
      options={LIVES.map((one) => {
        const years = yearsOf(one);
        return [one, years === null ? sv.keys.neverExpires : sv.keys.years(years)] as const;
      })}
      onChange={onChange}
    />
  );
}

interface FormProps extends EndProps {
  readonly title: string;
  readonly work: Work<void>;
  readonly submit: string;
  readonly children: ReactNode;
}

function FormDialog({ title, work, submit, onEnd, children }: FormProps) {
  return (
    <Dialog title={title} onEnd={onEnd} canEnd={!work.isRunning}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          void work.run();
        }}
      >
        <Stack>
          {children}
          <ErrorBanner error={work.error} />
          <Row>
            <WorkButton work={work} size="medium" label={submit} />
            <Button variant="tertiary" size="medium" onPress={onEnd}>
              {sv.common.cancel}
            </Button>
          </Row>
        </Stack>
      </form>
    </Dialog>
  );
}

/** A new own key in place of the one that is used. */
export function ReplaceDialog({ onEnd }: EndProps) {
  const { data: organisation } = useQuery('vault.organisation', null);
  const [written, setWritten] = useState<string | null>(null);
  const [life, setLife] = useState<string>('forever');
  const email = written ?? organisation?.email ?? '';
  const replace = useWork(async () => {
    await core.call('keys.createOwn', { email: email.trim() || null, years: yearsOf(life) });
    onEnd();
  });
  return (
    <FormDialog
      title={sv.keys.replaceOwnTitle}
      work={replace}
      submit={sv.keys.replaceOwnSubmit}
      onEnd={onEnd}
    >
      <p>{sv.keys.replaceOwnLead}</p>
      <TextField label={sv.keys.replaceOwnEmail} size="medium" value={email} onChange={setWritten} />
      <LifeChoice life={life} onChange={setLife} />
      <Muted>{sv.keys.lifeHelp}</Muted>
    </FormDialog>
  );
}

/** The same key, with another end. */
export function ExtendDialog({ onEnd }: EndProps) {
  const [life, setLife] = useState<string>('3');
  const extend = useWork(async () => {
    await core.call('keys.extendOwn', { years: yearsOf(life) });
    onEnd();
  });
  return (
    <FormDialog title={sv.keys.extendOwnTitle} work={extend} submit={sv.keys.extendOwnSubmit} onEnd={onEnd}>
      <p>{sv.keys.extendOwnLead}</p>
      <LifeChoice life={life} onChange={setLife} />
    </FormDialog>
  );
}

interface RevocationProps {
  /** @param isPrinted null where nothing was made */
  readonly onEnd: (isPrinted: boolean | null) => void;
}

/** The sheet for the safe, on paper and nowhere else. */
export function RevocationDialog({ onEnd }: RevocationProps) {
  const { work, isAsking, answer } = usePrint(
    (tools) => core.call('keys.revocationSheet', null, tools),
    onEnd,
  );
  return (
    <Dialog title={sv.keys.revocationTitle} onEnd={() => onEnd(null)} canEnd={!work.isRunning}>
      {isAsking ? (
        <AskPrinted onAnswer={answer} />
      ) : (
        <Stack>
          <p>{sv.keys.revocationLead}</p>
          <Muted>{sv.keys.revocationHelp}</Muted>
          <ErrorBanner error={work.error} />
          <WorkButton
            work={work}
            size="medium"
            label={sv.keys.revocationPrint}
            onPress={() => void work.run()}
          />
        </Stack>
      )}
    </Dialog>
  );
}
