/** Plausibility, temporal: what happens lies within a life and in order. Rules R72 to R75 and R88. */
import { literal } from '../duckdb.ts';
import { type Asked, type CheckKind, checkOf, judge, type QualityCheck } from './check.ts';
import { datedTables, type EventTable, eventTables } from './checked-tables.ts';

const kindOf = (kind: string, threshold: CheckKind['threshold'] = { share: 0.01 }): CheckKind => ({
  kind,
  group: 'plausibility',
  category: 'temporal',
  context: 'verification',
  threshold,
});

const PERSON = 'JOIN person ON person.person_id = own.person_id';

export function timeChecks({ asOf, limits }: Asked): QualityCheck[] {
  return [
    ...eventTables.map(beforeBirth),
    ...eventTables.map((events) => afterDeath(events, limits.days_after_death)),
    ...datedTables.map((dated) => inFuture(dated, asOf)),
    ...datedTables.flatMap((dated) => endBeforeStart(dated)),
    longVisit(limits.longest_visit),
    ...eventTables.map((events) => volumeGap(events, asOf)),
  ];
}

/** The last day that a date may mean. */
const latest = (day: string): string => `main.last_possible(${day}, ${day}_source)`;

function beforeBirth({ table, id, rows, start }: EventTable): QualityCheck {
  return checkOf(
    kindOf('before-birth'),
    table,
    `${rows} from before the person was born`,
    judge(table, id, {
      fault: `${latest(`own.${start}`)} < person.birth_date`,
      joins: PERSON,
      where: `own.${start} IS NOT NULL AND person.birth_date IS NOT NULL`,
    }),
  );
}

function afterDeath({ table, id, rows, start }: EventTable, grace: number): QualityCheck {
  return checkOf(
    kindOf('after-death'),
    table,
    `${rows} from more than ${grace} days after the person died`,
    judge(table, id, {
      fault: `own.${start} > ${latest('person.death_date')} + ${grace}`,
      joins: PERSON,
      where: `own.${start} IS NOT NULL AND person.death_date IS NOT NULL`,
    }),
  );
}

function inFuture({ table, id, rows, start }: EventTable, asOf: string): QualityCheck {
  const of = table === 'person' ? ['birth_date', 'death_date'] : [start];
  const what = table === 'person' ? 'Persons whose birth or death lies in the future' : `${rows} in the future`;
  return checkOf(
    kindOf('in-future'),
    table,
    `${what} (after ${asOf})`,
    judge(table, id, {
      fault: of.map((day) => `own.${day} > ${literal(asOf)}::DATE`).join(' OR '),
      where: `coalesce(${of.map((day) => `own.${day}`).join(', ')}) IS NOT NULL`,
    }),
  );
}

function endBeforeStart({ table, id, rows, start, end }: EventTable): QualityCheck[] {
  if (end === undefined) return [];
  return [
    checkOf(
      kindOf('end-before-start'),
      table,
      table === 'person' ? 'Persons who died before they were born' : `${rows} that end before they begin`,
      judge(table, id, {
        fault: `${latest(`own.${end}`)} < own.${start}`,
        where: `own.${start} IS NOT NULL AND own.${end} IS NOT NULL`,
      }),
    ),
  ];
}

function longVisit(longest: number): QualityCheck {
  return checkOf(
    kindOf('long-visit'),
    'visit_occurrence',
    `Visits of more than ${longest} days`,
    judge('visit_occurrence', 'visit_occurrence_id', {
      fault: `own.visit_end_date - ${latest('own.visit_start_date')} > ${longest}`,
      where: 'own.visit_start_date IS NOT NULL AND own.visit_end_date IS NOT NULL',
    }),
  );
}

/** With fewer persons a year than this, the rows of a few make the years uneven. */
const USUAL_PERSONS = 20;

/** The years are judged, not the rows: those between the first year and the last, without the one that is not over. */
function volumeGap({ table, rows, start }: EventTable, asOf: string): QualityCheck {
  return checkOf(
    kindOf('volume-gap', { rows: 0 }),
    table,
    `Years with fewer than a tenth of the ${rows.toLowerCase()} that the years around them have`,
    `WITH counted AS (
       SELECT year, sum(rows) AS rows, count(*) AS persons
       FROM (SELECT year(${start}) AS year, person_id, count(*) AS rows FROM ${table}
             WHERE year(${start}) < year(${literal(asOf)}::DATE) GROUP BY ALL)
       GROUP BY year),
     years AS (
       SELECT span.year, coalesce(counted.rows, 0) AS rows, coalesce(counted.persons, 0) AS persons
       FROM (SELECT unnest(generate_series(min(year), max(year))) AS year FROM counted) span
       LEFT JOIN counted ON counted.year = span.year)
     SELECT NULL::BIGINT AS row_id, NULL::VARCHAR AS src_file, NULL::BIGINT AS src_line,
            any_value(own.rows) * 10 < median(near.rows) AS fault, own.year::VARCHAR AS part
     FROM years own JOIN years near ON near.year <> own.year AND near.year BETWEEN own.year - 2 AND own.year + 2
     GROUP BY own.year
     HAVING median(near.persons) >= ${USUAL_PERSONS} AND min(near.year) < own.year AND max(near.year) > own.year`,
  );
}
