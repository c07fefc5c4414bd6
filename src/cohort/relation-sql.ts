/** How events stand to others in time, as SQL. Rules R83 to R86. */
import { type EventCriterion, type Relation, relatedTo } from '../protocol/index.ts';

/** Those of `events` (as `eventsSql` gives them) that stand to some other event as the relation says. */
export function relatedEvents(events: string, relation: Relation, eventsOf: (event: EventCriterion) => string): string {
  const { word, to } = relatedTo(relation);
  if (typeof to === 'string') throw new Error('A name that was not resolved');
  return `SELECT own.* FROM (${events}) own SEMI JOIN (${eventsOf(to)}) other
  ON own.person_id = other.person_id AND own.row_id <> other.row_id AND ${holds(word, relation)}`;
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

/** The protocol's schema lets nothing else through than a number and a unit. */
function interval(span: string): string {
  const [, count, unit] = /^(\d{1,4}) (day|week|month|year)s?$/.exec(span) ?? [];
  if (count === undefined || unit === undefined) throw new Error('Not a length of time');
  return `INTERVAL ${count} ${unit}`;
}
