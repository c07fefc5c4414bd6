import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { ChartproofError, readYaml } from '../../base/index.ts';
import { literal } from '../duckdb.ts';
import type { Records } from '../open-records.ts';

const text = z.string().trim().min(1);

const unitRange = z
  .strictObject({
    unit: z.array(text).min(1).describe('the ways to write one unit'),
    low: z.number(),
    high: z.number(),
  })
  .refine(({ low, high }) => low < high, { message: 'the low limit must be below the high one', path: ['low'] });

/** What is plausible of a code, in each unit that it is known to have. Both limits are plausible themselves. */
export const rangeSchema = z.strictObject({
  system: text.default('LOINC').describe('the vocabulary of the code, as OMOP names it'),
  code: text,
  name: text,
  units: z.array(unitRange).min(1),
});

export type PlausibleRange = z.output<typeof rangeSchema>;

/** The ranges of the program (`plausible-ranges.yaml`), those of a site in the place of its codes. */
export function plausibleRanges(site: readonly PlausibleRange[] = []): PlausibleRange[] {
  const file = new URL('./plausible-ranges.yaml', import.meta.url);
  const { value, problems } = readYaml(readFileSync(file, 'utf8'), file.pathname, z.array(rangeSchema), 'quality');
  if (!value) throw new ChartproofError('quality.ranges', 'The ranges of the program cannot be read.', { problems });
  const named = new Map([...value, ...site].map((range) => [rangeName(range), range]));
  return [...named.values()];
}

/** The name of a range in reports: `LOINC 2160-0`. */
export function rangeName({ system, code }: Pick<PlausibleRange, 'system' | 'code'>): string {
  return `${system} ${code}`;
}

/**
 * Makes the tables `known_code`, the codes that have ranges, and `plausible_range`, a row for each way to write a unit of
 * theirs; and `main.unit_key(unit)`: a unit as it is compared, without capitals and spaces.
 */
export async function addPlausibleRanges(
  records: Pick<Records, 'run'>,
  ranges: readonly PlausibleRange[],
): Promise<void> {
  const codes = ranges.map((range, id) => {
    const texts = [rangeName(range), range.system, range.code].map(literal).join(', ');
    return `(${id}, ${texts})`;
  });
  const units = ranges.flatMap((range, id) =>
    range.units.flatMap(({ unit, low, high }) =>
      unit.map((written) => `(${id}, main.unit_key(${literal(written)}), ${low}::DOUBLE, ${high}::DOUBLE)`),
    ),
  );
  await records.run(
    `CREATE MACRO main.unit_key(unit) AS lower(translate(regexp_replace(unit, '\\s', '', 'g'), 'µμ', 'uu'))`,
  );
  await records.run(`
    CREATE TABLE main.known_code AS
    SELECT * FROM (VALUES ${codes.join(', ')}) given (code_id, name, vocabulary_id, code)`);
  // One row for each unit of a code: a unit that is written twice must not judge a value twice.
  await records.run(`
    CREATE TABLE main.plausible_range AS
    SELECT DISTINCT ON (code_id, unit) * FROM (VALUES ${units.join(', ')}) given (code_id, unit, low, high)
    ORDER BY code_id, unit, low, high`);
}
