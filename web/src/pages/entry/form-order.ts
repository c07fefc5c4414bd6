/** Which field is which in a form, and which comes first. Pure. */
import type { RecordView } from '../../../../src/server/contract/index.ts';
import type { FieldPlace } from './change-queue.ts';
import type { FieldForm, InstrumentForm } from './field-form.ts';

/** The form of a field of a record. */
export function fieldAt(
  instruments: readonly InstrumentForm[],
  { instrument, field }: Pick<FieldPlace, 'instrument' | 'field'>,
): FieldForm | undefined {
  const of = instruments.find((one) => one.instrument === instrument);
  return of?.fields.find((one) => one.field === field);
}

/** The first required field without an answer, in the order of the form; a row's key is the row itself and never asked. */
export function firstUnanswered(
  instruments: readonly InstrumentForm[],
  records: readonly RecordView[],
): FieldPlace | undefined {
  for (const { instrument, key, fields } of instruments) {
    for (const record of records.filter((one) => one.instrument === instrument)) {
      const first = fields.find(({ field }) => field !== key && record.unanswered.includes(field));
      if (first) return { instrument, row: record.row, field: first.field };
    }
  }
  return undefined;
}
