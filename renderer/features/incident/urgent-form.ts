interface Step {
  readonly state: string;
  /** null where there is no limit. */
  readonly due: { readonly at: string } | null;
  readonly forms: readonly { readonly id: string }[];
}

/** It is read out on the call screen, and written nowhere. */
const READ_OUT = 'telefonnotifiering';

/**
 * The form of the step that is due first, of those that run or are late; null where none has a limit. A report that nobody has asked
 * for yet is no answer to "write the report".
 */
export function urgentForm(steps: readonly Step[]): string | null {
  const [first] = steps
    .filter(({ state }) => state === 'running' || state === 'overdue')
    .flatMap(({ due, forms }) => {
      const form = forms.find(({ id }) => id !== READ_OUT);
      return due === null || !form ? [] : [{ at: Date.parse(due.at), id: form.id }];
    })
    .sort((one, other) => one.at - other.at);
  return first?.id ?? null;
}
