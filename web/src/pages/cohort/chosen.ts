/** Whom somebody wants to see: those behind a number of the account, or whom just some arms found. */
export type Chosen =
  | { readonly title: string; readonly step: string; readonly number: 'left' | 'remaining' | 'all-failing' }
  | { readonly title: string; readonly arms: readonly string[] };

/** What tells one choice from another. */
export function keyOf(chosen: Chosen): string {
  return 'step' in chosen ? `${chosen.step} ${chosen.number}` : chosen.arms.join(' ');
}
