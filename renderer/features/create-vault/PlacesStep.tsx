import { Button } from '@midas-ds/components/button';
import { TextField } from '@midas-ds/components/textfield';
import { shell } from '../../app/bridge.ts';
import { Muted, Row, Stack } from '../../components/Layout.tsx';
import { Notice } from '../../components/Notice.tsx';
import { sv } from '../../text/sv.ts';
import styles from './CreateVault.module.css';
import { faultsOf, foldersOf, type StepProps } from './plan.ts';

/** Where the vault will lie, and where the recovery codes will be put. */
export function PlacesStep({ plan, change }: StepProps) {
  const folders = foldersOf(plan);
  const { vaultName: fault, recoveryParent: sameFault } = faultsOf(plan);
  return (
    <>
      <Muted>{sv.create.placesLead}</Muted>
      <TextField
        label={sv.create.vaultName}
        size="medium"
        value={plan.vaultName}
        isInvalid={fault !== null}
        errorMessage={fault ?? undefined}
        onChange={(vaultName) => change({ vaultName })}
      />
      <Place
        label={sv.create.folder}
        path={folders?.folder ?? plan.parent}
        title={sv.create.chooseFolderTitle}
        onChoose={(parent) => change({ parent })}
      />
      <Place
        label={sv.create.recoveryFolder}
        path={folders?.recoveryFolder ?? plan.recoveryParent}
        title={sv.create.chooseRecoveryTitle}
        onChoose={(recoveryParent) => change({ recoveryParent })}
      />
      {sameFault !== null && <Notice kind="important">{sameFault}</Notice>}
    </>
  );
}

interface PlaceProps {
  readonly label: string;
  readonly path: string | null;
  readonly title: string;
  readonly onChoose: (path: string) => void;
}

function Place({ label, path, title, onChoose }: PlaceProps) {
  const choose = async (): Promise<void> => {
    const chosen = await shell.call('chooseFolder', { title });
    if (chosen !== null) onChoose(chosen);
  };
  return (
    <Stack gap="small">
      <h3>{label}</h3>
      <Row>
        <span className={styles.path}>{path ?? sv.create.notChosen}</span>
        <Button
          variant="secondary"
          size="medium"
          aria-label={`${sv.create.chooseFolder} ${label}`}
          onPress={() => void choose()}
        >
          {sv.create.chooseFolder}
        </Button>
      </Row>
    </Stack>
  );
}
