/** What reviewers answered of those who were excluded: a paper may tell it, though nobody of them is in the data set. */
import { summarize } from '../../analysis/index.ts';
import { stepSubjects } from '../../cohort/index.ts';
import type { Field } from '../../protocol/index.ts';
import type { SettledSubject } from '../../review/index.ts';
import type { LiveSource } from './live-source.ts';
import { type LiveValue, valuesOf } from './live-value.ts';

type Answered = readonly { readonly subject: string; readonly value: unknown }[];

/** `EXCLUSION.INSTRUMENT.FIELD.CHOICE.n` of choices and yes/no, `EXCLUSION.INSTRUMENT.FIELD.mean` and so on of numbers. */
export function excludedAnswers({ data, attrition, outcomes, reviewed }: LiveSource): LiveValue[] {
  const { protocol } = data;
  const settled = new Map(reviewed.map((one) => [one.person.subject, one]));
  return protocol.exclusions.flatMap(({ id, reviewer }) => {
    const instrument = protocol.instruments.find((one) => one.id === reviewer?.instrument);
    if (!instrument || instrument.repeats || !attrition.some((step) => step.id === id)) return [];
    const left = stepSubjects(attrition, outcomes, id).outcomes.flatMap(({ subject }) => settled.get(subject) ?? []);
    return instrument.fields.flatMap((field) => {
      const thing = { id: `${id}.${instrument.id}.${field.id}`, label: field.label };
      return fieldValues(thing, field, answersOf(left, instrument.id, field));
    });
  });
}

function answersOf(left: readonly SettledSubject[], instrument: string, field: Field): Answered {
  return left.flatMap(({ person, records }) => {
    const answer = records[instrument]?.[0]?.values[field.id]?.answer;
    return answer && 'value' in answer ? [{ subject: person.subject, value: answer.value }] : [];
  });
}

function fieldValues(
  { id, label }: { readonly id: string; readonly label: string },
  field: Field,
  answers: Answered,
): LiveValue[] {
  const counted = (code: string, name: string, test: (value: unknown) => boolean): LiveValue[] => {
    const subjects = answers.filter(({ value }) => test(value)).map(({ subject }) => subject);
    return valuesOf({ kind: 'excluded', id: `${id}.${code}`, label: `${label}: ${name}` }, [
      ['n', subjects.length, { subjects }],
      ['N', answers.length],
    ]);
  };
  if ('choices' in field)
    return field.choices.flatMap(({ code, label: name }) =>
      counted(code, name, (value) => [value].flat().includes(code)),
    );
  if (field.type === 'yesno')
    return [...counted('yes', 'yes', (value) => value === true), ...counted('no', 'no', (value) => value === false)];
  if (field.type !== 'integer' && field.type !== 'decimal') return [];
  const numbers = answers.flatMap(({ value }) => (typeof value === 'number' ? [value] : []));
  const { n, mean, median, min, max } = summarize(numbers);
  const more = { digits: field.type === 'integer' ? 0 : 1, subjects: answers.map(({ subject }) => subject) };
  return valuesOf({ kind: 'excluded', id, label }, [
    ['n', n, { ...more, digits: 0 }],
    ['mean', mean, { ...more, digits: 1 }],
    ['median', median, { ...more, digits: 1 }],
    ['min', min, more],
    ['max', max, more],
  ]);
}
