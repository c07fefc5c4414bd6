/** Steps of the account of a study that are no exclusions, in its order: the states, and the ways to leave that no protocol declares. */
export const accountStepIds = [
  'found',
  'identified',
  'authorized',
  'open',
  'screened',
  'included',
  'not-analysed',
  'analysed',
] as const;
export type AccountStepId = (typeof accountStepIds)[number];
