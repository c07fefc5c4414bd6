/** Computations for R without a study: rows of values as a test writes them. */
import type { FieldPairs } from '../review/index.ts';
import type { Computation } from './computations.ts';
import type { TextFile } from './csv-text.ts';
import { RSession } from './r-session.ts';
import { scriptFiles, statisticOutputs } from './statistics.ts';
import type { ValueRow } from './value-row.ts';

export const NOBODY: ValueRow = { subject: '', value: '', second: '', group: '', groupLabel: '', stratum: '' };

export const PROPORTION: Computation = {
  id: 'p',
  label: 'P',
  kind: 'proportion',
  method: 'exact',
  level: 0.95,
  interval: '',
  at: [],
  unit: '',
  family: '',
  adjust: '',
  leftOut: 0,
  rows: [],
};

/** Runs them in R, in the session given or one of its own, and returns what it writes. */
export async function runComputations(
  computations: readonly Computation[],
  pairs: readonly FieldPairs[] = [],
  session?: RSession,
): Promise<TextFile[]> {
  const files = scriptFiles(computations, pairs);
  if (session) return session.run(files, 'analysis.R', statisticOutputs);
  await using own = new RSession();
  return await own.run(files, 'analysis.R', statisticOutputs);
}

/** What two people said of a field, in an instrument called `visit`. */
export function fieldPairs(
  field: {
    readonly id: string;
    readonly type: string;
    readonly choices?: readonly object[];
    readonly ordered?: boolean;
  },
  pairs: FieldPairs['pairs'],
): FieldPairs {
  return {
    instrument: { id: 'visit' } as FieldPairs['instrument'],
    field: { label: field.id, ...field } as FieldPairs['field'],
    pairs,
  };
}
