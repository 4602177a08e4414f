interface Fitting {
  readonly id: string;
  readonly regimes: readonly string[];
}

/**
 * The form to show: the chosen one, else the first that is for a regime of the incident. None where there is no such:
 * another form would be filled in for an authority that has not asked.
 */
export function formFor<F extends Fitting>(
  forms: readonly F[],
  regimes: readonly string[],
  chosen: string | null,
): F | null {
  const isFor = (form: F): boolean => form.regimes.some((regime) => regimes.includes(regime));
  return forms.find(({ id }) => id === chosen) ?? forms.find(isFor) ?? null;
}
