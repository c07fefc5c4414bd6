/** `mapping.yaml`: what the columns of a table mean, and how its rows find their persons. docs/import.md teaches it. */
import { z } from 'zod';
import { isDateFormat } from './date-format.ts';

/** What a row may say about its person. `source_patient` is the number that the source itself gives the person. */
export const personFields = ['record_number', 'family_name', 'given_name', 'birth_date', 'source_patient'] as const;
export type PersonField = (typeof personFields)[number];

/** The fields that the records know of a person. */
export const checkFields = ['record_number', 'family_name', 'given_name', 'birth_date'] as const;
export type CheckField = (typeof checkFields)[number];

const column = z.string().trim().min(1).describe('the name of a column, as in the first line of the file');
const dateFormat = z.string().refine(isDateFormat, 'a format such as MM/DD/YYYY, D.M.YYYY or YYYY-MM-DD');
const listOf = <Item extends z.ZodType>(item: Item) =>
  z
    .union([item, z.array(item).min(1)])
    .transform((given) => (Array.isArray(given) ? given : [given]) as readonly z.output<Item>[]);
const dateColumn = z.strictObject({ column, format: listOf(dateFormat) });

const columns = z.strictObject({
  date: dateColumn.describe('when the drug was handed over'),
  end_date: dateColumn.optional(),
  drug: column,
  form: column.optional(),
  route: column.optional(),
  quantity: column.optional(),
  unit: column.optional(),
  sig: column.optional().describe('how it is to be taken, in words'),
  refills: column.optional(),
  days_supply: column.optional(),
  status: column.optional(),
});

const person = z.strictObject({
  record_number: column.optional(),
  family_name: column.optional(),
  given_name: column.optional(),
  birth_date: dateColumn.optional(),
  source_patient: column.optional(),
});

const rule = z.strictObject({
  match: z.array(z.enum(personFields)).min(1).describe('the fields that must all be equal'),
  check: z.array(z.enum(checkFields)).default([]).describe('of these, where both sides have them, one must agree'),
});

export const mappingSchema = z.strictObject({
  source: z.string().regex(/^[a-z0-9]+(?:-[a-z0-9]+)*$/, 'small letters, digits and single hyphens'),
  becomes: z.literal('drug_exposure'),
  delimiter: z.enum([',', ';', '\t', '|']).default(','),
  row_id: listOf(column).describe('the columns that together name a row'),
  columns,
  person,
  linkage: z.array(rule).min(1),
});

/** A mapping that fits the schema. */
export type TableMapping = z.output<typeof mappingSchema>;
export type LinkageRule = TableMapping['linkage'][number];

/** The name of a rule in reports: `family_name+given_name+birth_date`. */
export function ruleName(rule: LinkageRule): string {
  return rule.match.join('+');
}
