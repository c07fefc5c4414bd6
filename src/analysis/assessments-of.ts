/** The assessments of lesions as the engine takes them, out of the settled records. */
import { type PartialDate, parsePartialDate } from '../base/index.ts';
import { type FieldValue, instrumentOf, type Protocol, type ResponseRules } from '../protocol/index.ts';
import type { Assessment, Basis } from '../response/index.ts';
import { type SettledRecord, type SettledSubject, settledFocus } from '../review/index.ts';

/** Those that say which lesion, when and how; one without a date or with an unknown status says nothing. */
export function assessmentsOf(protocol: Protocol, rules: ResponseRules, settled: SettledSubject): Assessment[] {
  const { instrument, ...fields } = rules.assessments;
  return (settled.records[instrument] ?? []).flatMap((record) => {
    const [lesion, date, said] = [fields.lesion, fields.date, fields.status].map((field) =>
      textOf(record.values[field]?.answer),
    );
    const day = date === undefined ? undefined : parsePartialDate(date);
    const status = said === undefined ? 'not-evaluable' : rules.statuses[said];
    if (lesion === undefined || !day || !status) return [];
    return [{ lesion, date: day, status, ...measures(protocol, rules, record) }];
  });
}

function measures(
  protocol: Protocol,
  { assessments, bases = {} }: ResponseRules,
  record: SettledRecord,
): Pick<Assessment, 'size' | 'score' | 'basis'> {
  const { instrument, size, score, basis } = assessments;
  if (size === undefined && score === undefined && basis === undefined) return {};
  const values: Readonly<Record<string, unknown>> = settledFocus(instrumentOf(protocol, instrument), record);
  const [length, points] = [numberIn(values, size), numberIn(values, score)];
  const said: Basis | undefined = bases[textOf(record.values[basis ?? '']?.answer) ?? ''];
  return {
    ...(length === undefined ? {} : { size: length }),
    ...(points === undefined ? {} : { score: points }),
    ...(said === undefined ? {} : { basis: said }),
  };
}

/** A number that was entered or, in a computed field, worked out. */
function numberIn(values: Readonly<Record<string, unknown>>, field: string | undefined): number | undefined {
  const value = field === undefined ? undefined : values[field];
  return typeof value === 'number' && Number.isFinite(value) ? value : undefined;
}

function textOf(answer: FieldValue | undefined): string | undefined {
  return answer && 'value' in answer && typeof answer.value === 'string' ? answer.value : undefined;
}

/** A value as a partial date, where it is one. */
export function dateOf(value: unknown): PartialDate | undefined {
  return typeof value === 'string' ? parsePartialDate(value) : undefined;
}
