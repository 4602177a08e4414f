import { useEffect, useState } from 'react';
import type { AnswerOf } from '../../shared/contract/contract.ts';
import type { Room } from '../../shared/domain/room.ts';
import { core } from '../app/bridge.ts';
import { Stack } from './Layout.tsx';
import type { Passphrases, Written } from './passphrases.ts';
import { SecretField } from './SecretField.tsx';
import { Strength } from './Strength.tsx';
import { sv } from '../text/sv.ts';

interface NewPassphraseProps {
  readonly room: Room;
  readonly label: string;
  /** Words that must not be part of it. */
  readonly personal: readonly string[];
  readonly secrets: Passphrases;
  /** Must be the same function at every drawing: the judging begins anew when it changes. */
  readonly onChange: (change: (now: Passphrases) => Passphrases) => void;
  /** What is wrong with it beside its strength. */
  readonly problem?: string;
}

const PAUSE_MS = 200;

/** A passphrase for one room, judged by the core while it is typed, and typed twice. */
export function NewPassphrase({ room, label, personal, secrets, onChange, problem }: NewPassphraseProps) {
  const { secret, repeated } = secrets[room];
  const [verdict, setVerdict] = useState<AnswerOf<'vault.judgePassphrase'> | null>(null);
  const words = personal.join('\n');
  useEffect(() => {
    let isCurrent = true;
    const timer = setTimeout(() => {
      if (secret === '') return setVerdict(null);
      const request = { passphrase: secret, room, personal: words.split('\n') };
      void core.call('vault.judgePassphrase', request).then((answer) => {
        if (!isCurrent) return;
        setVerdict(answer);
        onChange((now) => ({ ...now, [room]: { ...now[room], isAccepted: answer.accepted } }));
      });
    }, PAUSE_MS);
    return () => {
      isCurrent = false;
      clearTimeout(timer);
    };
  }, [secret, room, words, onChange]);
  const put = (part: Partial<Written>): void =>
    onChange((now) => ({ ...now, [room]: { ...now[room], ...part } }));
  const isDifferent = repeated !== '' && repeated !== secret;
  return (
    <Stack gap="small">
      <SecretField
        label={label}
        value={secret}
        onChange={(value) => put({ secret: value, isAccepted: false })}
        isInvalid={problem !== undefined}
        errorMessage={problem}
      />
      {secret !== '' && <Strength verdict={verdict} />}
      <SecretField
        label={`${sv.create.passAgain}: ${label.toLocaleLowerCase('sv')}`}
        value={repeated}
        onChange={(value) => put({ repeated: value })}
        isInvalid={isDifferent}
        errorMessage={isDifferent ? sv.create.passDifferent : undefined}
      />
    </Stack>
  );
}
