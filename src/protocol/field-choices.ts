import { asName } from './expression-vocabulary.ts';
import type { Protocol } from './schema.ts';

/** An answer that a field offers, and the subjects who have it. */
export interface FieldChoice {
  /** The code as a slug: it stands in ids of rows and columns. */
  readonly id: string;
  readonly code: string;
  readonly label: string;
  /** FHIRPath; focus: the subject. */
  readonly when: string;
}

/**
 * The answers of `instrument.field`, those of `only` in its order; yes and no of a yesno field, none of a field that is not there or has no
 * choices.
 */
export function fieldChoices(protocol: Protocol, path: string, only?: readonly string[]): FieldChoice[] {
  const [instrumentId = '', fieldId = ''] = path.split('.');
  const instrument = protocol.instruments.find((one) => one.id === instrumentId);
  const field = instrument?.fields.find((one) => one.id === fieldId);
  const name = `${asName(instrumentId)}.${asName(fieldId)}`;
  if (field?.type === 'yesno') {
    return [
      { id: 'yes', code: 'true', label: 'Yes', when: `${name} = true` },
      { id: 'no', code: 'false', label: 'No', when: `${name} = false` },
    ];
  }
  const choices = field?.type === 'choice' || field?.type === 'choices' ? field.choices : [];
  const shown = only ? only.flatMap((code) => choices.filter((choice) => choice.code === code)) : choices;
  return shown.map(({ code, label }) => ({
    id: slugOf(code),
    code,
    label,
    when: `'${code.replaceAll(/['\\]/g, '\\$&')}' in ${name}`,
  }));
}

/** A code in small letters, digits and hyphens. */
export function slugOf(code: string): string {
  return code
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-|-$/g, '');
}
