import { useState } from 'react';
import type { DraftOptions } from '../../app/use-draft.ts';
import { useFormDraft, type FormDraft } from '../../app/use-form-draft.ts';
import { decisionSchema, NO_SECOND, NO_WAY, type Decision, type SecondUser } from './details.ts';

type WrittenDecision = Pick<Decision, 'reason' | 'decidedBy'>;

interface DecisionDraft {
  readonly draft: FormDraft<WrittenDecision>;
  readonly decision: Decision;
  readonly change: (decision: Decision) => void;
}

/** A decision that is being written, kept as a draft. A passphrase is never part of one: the second person stands beside it. */
export function useDecisionDraft(
  options: Pick<DraftOptions<WrittenDecision>, 'subject' | 'incident'> &
    Partial<Pick<DraftOptions<WrittenDecision>, 'levelOf'>>,
): DecisionDraft {
  const draft = useFormDraft<WrittenDecision>({
    ...options,
    schema: decisionSchema,
    initial: NO_WAY.decision,
  });
  const [second, setSecond] = useState<SecondUser>(NO_SECOND);
  return {
    draft,
    decision: { ...draft.value, ...second },
    change({ reason, decidedBy, ...other }) {
      draft.put({ reason, decidedBy });
      setSecond(other);
    },
  };
}
