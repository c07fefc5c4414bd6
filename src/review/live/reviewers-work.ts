/** Who has read how much, of everybody who reads. Rule R71 of SPEC.md. */
import type { Review } from '../open-review.ts';
import { readersKey } from './claims.ts';
import { keptCharts } from './kept-charts.ts';
import type { FormStage } from './stages.ts';

/** The work of one reader: charts done by stage, and when they last said or changed anything. */
export interface ReviewerWork {
  readonly reviewer: string;
  readonly screened: number;
  readonly abstracted: number;
  readonly lastAt: string | null;
}

/** By name. Charts of those who have refused since are not counted. */
export function reviewersWork(review: Review): ReviewerWork[] {
  const { database, persons } = review;
  const { readers } = keptCharts(review);
  const last = lastWords(database);
  const done = (stage: FormStage) =>
    Map.groupBy(
      [...persons.keys()].flatMap((subject) => readers.get(readersKey(stage, subject)) ?? []),
      ({ reviewer }) => reviewer,
    );
  const [screening, abstraction] = [done('screening'), done('abstraction')];
  const count = (of: typeof screening, reviewer: string): number =>
    (of.get(reviewer) ?? []).filter(({ state }) => state === 'done').length;
  return [...new Set([...screening.keys(), ...abstraction.keys()])].sort().map((reviewer) => ({
    reviewer,
    screened: count(screening, reviewer),
    abstracted: count(abstraction, reviewer),
    lastAt: last.get(reviewer) ?? null,
  }));
}

function lastWords({ db, all }: Review['database']): ReadonlyMap<string, string> {
  const newest = (table: 'draft' | 'revision') =>
    all(
      db
        .selectFrom(table)
        .select(['reviewer', 'at'])
        .where(
          'id',
          'in',
          db
            .selectFrom(table)
            .select((of) => of.fn.max('id').as('id'))
            .groupBy('reviewer'),
        ),
    );
  const last = new Map<string, string>();
  for (const { reviewer, at } of [...newest('draft'), ...newest('revision')]) {
    const known = last.get(reviewer);
    if (known === undefined || Date.parse(at) > Date.parse(known)) last.set(reviewer, at);
  }
  return last;
}
