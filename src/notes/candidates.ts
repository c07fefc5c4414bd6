/** Which notes can make a plan true, as SQL on `notes.sqlite`: all that do, and some that do not. Rule R43 of SPEC.md. */
import type { Plan, WordsPlan } from './resolve-query.ts';

/** A condition on the table `note`. */
export interface NoteCondition {
  readonly sql: string;
  readonly parameters: readonly string[];
}

/** The table that holds the persons of a `person(...)`. */
export type PersonTable = (plan: Plan) => string;

const ALL: NoteCondition = { sql: 'TRUE', parameters: [] };
const NONE: NoteCondition = { sql: 'FALSE', parameters: [] };

/** The condition of the notes that must be read to answer the plan. */
export function candidatesOf(plan: Plan, personTable: PersonTable): NoteCondition {
  const ask = (one: Plan): NoteCondition => candidatesOf(one, personTable);
  switch (plan.kind) {
    case 'words':
      return hasWords(plan);
    case 'and':
      return joined(
        'AND',
        plan.of.map(ask).filter((part) => part !== ALL),
      );
    case 'or': {
      const parts = plan.of.map(ask);
      return parts.includes(ALL) ? ALL : joined('OR', parts);
    }
    case 'note':
      return ask(plan.of);
    case 'person':
      return { sql: `person_id IN (SELECT person_id FROM ${personTable(plan)})`, parameters: [] };
    case 'date':
      return { sql: '(first_day <= ? AND last_day >= ?)', parameters: [plan.to, plan.from] };
    case 'not':
    case 'section':
    case 'type':
    case 'specialty':
      return ALL; // what a note has not, the index does not know
  }
}

function joined(operator: 'AND' | 'OR', conditions: readonly NoteCondition[]): NoteCondition {
  const [only, ...more] = merged(operator, conditions);
  if (!only) return ALL;
  if (more.length === 0) return only;
  const all = [only, ...more];
  return {
    sql: `(${all.map((one) => one.sql).join(` ${operator} `)})`,
    parameters: all.flatMap((one) => one.parameters),
  };
}

const WORDS = 'id IN (SELECT rowid FROM word WHERE word MATCH ?)';

/** One question to the index for all conditions on words: SQLite bounds how many an SQL expression may hold. */
function merged(operator: 'AND' | 'OR', conditions: readonly NoteCondition[]): NoteCondition[] {
  const words = conditions.filter((one) => one.sql === WORDS);
  if (words.length < 2) return [...conditions];
  const match = words.flatMap((one) => one.parameters.map((parameter) => `(${parameter})`)).join(` ${operator} `);
  return [{ sql: WORDS, parameters: [match] }, ...conditions.filter((one) => one.sql !== WORDS)];
}

/** The words of one pattern at least, anywhere in the note. Folded words hold no quotation mark. */
function hasWords({ patterns }: WordsPlan): NoteCondition {
  if (patterns.length === 0) return NONE;
  const anyOf = patterns.map(({ words }) =>
    words.map((word) => `"${word.text}"${word.prefix ? '*' : ''}`).join(' AND '),
  );
  const match = anyOf.length === 1 ? anyOf : anyOf.map((one) => `(${one})`);
  return { sql: WORDS, parameters: [match.join(' OR ')] };
}
