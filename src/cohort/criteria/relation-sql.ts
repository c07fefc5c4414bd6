/** How events stand to others in time, as SQL. Rules R83 to R86. */
import { type Relation, relatedTo } from '../../protocol/index.ts';

/** Events that others are related to, as `eventsSql` gives them; of each case where the relation is asked of each. */
export interface Others {
  readonly sql: string;
  readonly ofCases: boolean;
}

/** Those of `events` (as `eventsSql` gives them) that stand to some of the others as the relation says. */
export function relatedEvents(events: string, relation: Relation, others: Others): string {
  const sameCase = others.ofCases ? ' AND own.index_row = other.index_row' : '';
  return `SELECT own.* FROM (${events}) own SEMI JOIN (${others.sql}) other
  ON own.person_id = other.person_id${sameCase} AND own.row_id <> other.row_id AND ${holds(relatedTo(relation).word, relation)}`;
}

/** Of each case the events that stand to its index event as all of these relations say, with its `index_row`. */
export function eventsOfCases(events: string, cases: string, relations: readonly Relation[]): string {
  const related = relations.map((one) => ` AND own.row_id <> other.row_id AND ${holds(relatedTo(one).word, one)}`);
  return `SELECT own.*, index_row FROM (${events}) own JOIN (${cases}) other
  ON own.person_id = other.person_id${related.join('')}`;
}

type Lag = Pick<Relation, 'within' | 'atLeast'>;

function holds(word: ReturnType<typeof relatedTo>['word'], lag: Lag): string {
  if (word === 'overlapping') return 'own."first" <= other."until" AND other."first" <= own."until"';
  if (word === 'of') return `(${apart('own', 'other', lag)} OR ${apart('other', 'own', lag)})`;
  const isLater = word === 'after' || word === 'onOrAfter';
  const [later, earlier] = isLater ? ['own', 'other'] : ['other', 'own'];
  const isStrict = word === 'after' || word === 'before';
  const order = isStrict ? `${later}."last" > ${earlier}."first" AND ` : '';
  return order + apart(later, earlier, lag);
}

/** `later` may lie on the day of `earlier` or later, with so much time between them. */
function apart(later: string, earlier: string, { within, atLeast = '0 days' }: Lag): string {
  const least = `${later}."last" >= ${earlier}."first" + ${interval(atLeast)}`;
  const most = within === undefined ? '' : ` AND ${later}."first" <= ${earlier}."last" + ${interval(within)}`;
  return `(${least}${most})`;
}

/** A length of time as SQL. The protocol's schema lets nothing else through than a number and a unit. */
export function interval(span: string): string {
  const [, count, unit] = /^(\d{1,4}) (day|week|month|year)s?$/.exec(span) ?? [];
  if (count === undefined || unit === undefined) throw new Error('Not a length of time');
  return `INTERVAL ${count} ${unit}`;
}
