import { randomBytes } from 'node:crypto';
import type { Protocol } from '../../protocol/index.ts';
import type { StudyDatabase } from '../../workspace/index.ts';
import type { DateRule } from './deidentify.ts';
import { daysShifted } from './shift-dates.ts';

const SECRET = 'date-shift-secret';
const SECRET_BYTES = 32;

/**
 * How dates leave the study. Where they are moved, the secret is drawn once and stays in the study's database: the same study
 * moves the same dates by the same days ever after, another one by others.
 */
export function dateRule(database: StudyDatabase, { release }: Pick<Protocol, 'release'>): DateRule {
  if (release.dates === 'year') return 'year';
  const secret = database.transaction(() => {
    const kept = database.all(database.db.selectFrom('study').select('value').where('key', '=', SECRET))[0];
    if (kept) return kept.value;
    const value = randomBytes(SECRET_BYTES).toString('hex');
    database.run(database.db.insertInto('study').values({ key: SECRET, value }));
    return value;
  });
  return { daysOf: (subject) => daysShifted(secret, subject) };
}
