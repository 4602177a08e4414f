import { Button } from '@midas-ds/components/button';
import { useCallback, useState, type ComponentType } from 'react';
import type { AnswerOf } from '../../../shared/contract/contract.ts';
import { core } from '../../app/bridge.ts';
import { chooseVault } from '../../app/session.ts';
import { useWork } from '../../app/use-core.ts';
import { ErrorBanner } from '../../components/ErrorBanner.tsx';
import { Muted, Panel, Row } from '../../components/Layout.tsx';
import { Page } from '../../components/Page.tsx';
import { WorkButton } from '../../components/WorkButton.tsx';
import { sv } from '../../text/sv.ts';
import { CeilingStep } from './CeilingStep.tsx';
import styles from './CreateVault.module.css';
import { OrganisationStep, UserStep } from './NameSteps.tsx';
import { PassphraseStep } from './PassphraseStep.tsx';
import { PlacesStep } from './PlacesStep.tsx';
import { EMPTY_PLAN, foldersOf, isStepDone, type StepProps } from './plan.ts';
import { ProofStep } from './ProofStep.tsx';

const STEPS: readonly ComponentType<StepProps>[] = [
  OrganisationStep,
  CeilingStep,
  UserStep,
  PassphraseStep,
  PlacesStep,
];
const LAST = STEPS.length - 1;

/** The guide to a new vault, one step at a time; nothing is made before the last. */
export function CreateVault({ onEnd }: { readonly onEnd: () => void }) {
  const [plan, setPlan] = useState(EMPTY_PLAN);
  const [step, setStep] = useState(0);
  const [created, setCreated] = useState<AnswerOf<'vault.create'> | null>(null);
  const change = useCallback<StepProps['change']>(
    (part) => setPlan((now) => ({ ...now, ...(typeof part === 'function' ? part(now) : part) })),
    [],
  );
  const folders = foldersOf(plan);
  const create = useWork(async (_argument: void, { onProgress }) => {
    if (!folders || plan.organisationKind === null) return;
    const { organisationName, organisationKind, ceiling, userName, secrets } = plan;
    const passphrases = { open: secrets.open.secret, protected: secrets.protected.secret };
    const email = plan.email.trim() || null;
    const request = { ...folders, organisationName, organisationKind, email, ceiling, userName, passphrases };
    const made = await core.call('vault.create', request, { onProgress });
    // At once: a lock while the codes are being printed must not lose sight of the vault.
    await chooseVault(folders.folder);
    setCreated(made);
    // They are in the vault's key slots now, and needed nowhere else.
    setPlan({ ...plan, secrets: EMPTY_PLAN.secrets });
  });
  const Step = STEPS[step] ?? OrganisationStep;
  const shown = created ? STEPS.length : step;
  return (
    <main className={styles.screen}>
      <Page key={shown} title={sv.create.title} lead={sv.create.step(shown + 1, sv.create.steps.length)}>
        <ol className={styles.steps}>
          {sv.create.steps.map((name, index) => (
            <li key={name} aria-current={index === shown ? 'step' : undefined} data-done={index < shown}>
              {name}
            </li>
          ))}
        </ol>
        {created && folders ? (
          <ProofStep folder={folders.folder} created={created} onEnd={onEnd} />
        ) : (
          <form
            onSubmit={(event) => {
              event.preventDefault();
              if (!isStepDone(step, plan)) return;
              if (step === LAST) void create.run();
              else setStep(step + 1);
            }}
          >
            <Panel title={sv.create.steps[step]}>
              <Step plan={plan} change={change} />
              <ErrorBanner error={create.error} />
              {!isStepDone(step, plan) && <Muted>{sv.create.missing[step]}</Muted>}
              <Row>
                <Button
                  variant="secondary"
                  size="medium"
                  isDisabled={create.isRunning}
                  onPress={() => (step === 0 ? onEnd() : setStep(step - 1))}
                >
                  {step === 0 ? sv.common.cancel : sv.common.back}
                </Button>
                <WorkButton
                  size="medium"
                  work={create}
                  label={step === LAST ? sv.create.create : sv.common.next}
                  running={sv.create.working}
                  isDisabled={!isStepDone(step, plan)}
                />
              </Row>
            </Panel>
          </form>
        )}
      </Page>
    </main>
  );
}
