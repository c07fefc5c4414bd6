import { fieldChoices } from './field-choices.ts';
import type { Protocol } from './schema.ts';
import type { SubgroupRowSpec } from './schema-figures.ts';

/** A subgroup of a figure, `choicesOf` spelled out. */
export interface SubgroupRow {
  /** Unique in the figure. */
  readonly id: string;
  readonly label: string;
  /** FHIRPath; focus: the subject. */
  readonly when: string;
}

/** The subgroups that a row of a figure stands for: itself, or one for each choice, called `field-choice`. */
export function subgroupRows(protocol: Protocol, row: SubgroupRowSpec): SubgroupRow[] {
  if (!('choicesOf' in row)) return [row];
  const field = row.choicesOf.split('.')[1] ?? '';
  const prefix = field.replaceAll('_', '-');
  return fieldChoices(protocol, row.choicesOf, row.only).map(({ id, label, when }) => ({
    id: `${prefix}-${id}`,
    label,
    when,
  }));
}
