import type { Field } from '../protocol/index.ts';
import type { FieldPairs } from '../review/index.ts';
import { csvText, type TextFile } from './csv-text.ts';

/**
 * `data/agreement-fields.csv` and `data/agreement-pairs.csv`. Of text and dates it is only written whether the two are the
 * same: words of a chart do not leave. Rule R22 of SPEC.md.
 */
export function agreementFiles(fields: readonly FieldPairs[]): TextFile[] {
  return [
    {
      name: 'data/agreement-fields.csv',
      text: csvText(
        ['instrument', 'field', 'label', 'type', 'categories', 'levels'],
        fields.map(({ instrument, field }) => [
          instrument.id,
          field.id,
          field.label,
          typeOf(field),
          offered(field),
          levelsOf(field).join('|'),
        ]),
      ),
    },
    {
      name: 'data/agreement-pairs.csv',
      text: csvText(
        ['instrument', 'field', 'first', 'second'],
        fields.flatMap(({ instrument, field, pairs }) =>
          pairs.map((pair) => [instrument.id, field.id, ...written(field, pair)]),
        ),
      ),
    },
  ];
}

type AgreementType = 'nominal' | 'ordered' | 'number' | 'other';

function typeOf(field: Field): AgreementType {
  switch (field.type) {
    case 'choice':
      return field.ordered ? 'ordered' : 'nominal';
    case 'choices':
    case 'yesno':
      return 'nominal';
    case 'integer':
    case 'decimal':
      return 'number';
    default:
      return 'other';
  }
}

/** How many answers the field offers; of several choices at once the sets are not counted. */
function offered(field: Field): number {
  if (field.type === 'yesno') return 2;
  return field.type === 'choice' ? field.choices.length : 0;
}

function levelsOf(field: Field): string[] {
  return typeOf(field) === 'ordered' && field.type === 'choice'
    ? field.choices.map(({ code }) => code.trim().replaceAll(/\s+/g, ' ').toLowerCase())
    : [];
}

function written(field: Field, [first, second]: FieldPairs['pairs'][number]): readonly [string, string] {
  if (typeOf(field) === 'other') return ['1', first === second ? '1' : '2'];
  return [answerText(first), answerText(second)];
}

/** `missing:` stays, so that a choice of that name is another answer; an empty answer is `none`. */
function answerText(key: string): string {
  return key === '' ? 'missing:none' : key.replace(/^(?:value|choices):/, '');
}
