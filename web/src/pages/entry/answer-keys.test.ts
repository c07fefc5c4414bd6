import { describe, expect, test } from 'vitest';
import { answerKeys } from './answer-keys.ts';
import type { FieldForm } from './field-form.ts';

const field = (form: Partial<FieldForm>): FieldForm => ({
  field: 'one',
  label: 'One',
  type: 'text',
  required: true,
  evidence: 'optional',
  missing: [],
  hasTerms: false,
  isBranching: false,
  ...form,
});
const choices = ['mild', 'severe'].map((code) => ({ code, label: code }));

describe('the keys of a field', () => {
  test('yes and no have their letters, and each way to be missing has its own', () => {
    const keys = answerKeys(field({ type: 'yesno', missing: ['not-documented', 'conflicting'] }), null);
    expect(keys.map(({ key, label }) => `${key} ${label}`)).toEqual([
      'y Yes',
      'n No',
      'd Not documented',
      'c Conflicting',
    ]);
  });

  test('a choice has a digit as far as there are digits', () => {
    expect(answerKeys(field({ type: 'choice', choices }), null)).toEqual([
      { key: '1', label: 'mild', value: 'mild' },
      { key: '2', label: 'severe', value: 'severe' },
    ]);
    const many = Array.from({ length: 12 }, (_, at) => ({ code: `c${at}`, label: `C${at}` }));
    expect(answerKeys(field({ type: 'choice', choices: many }), null).at(-1)).toMatchObject({ key: '9', value: 'c8' });
  });

  test('of several choices a key adds one and takes it away again', () => {
    const of = (value: string[]) =>
      answerKeys(field({ type: 'choices', choices }), { value, evidence: [] }).map(
        (one) => 'value' in one && one.value,
      );
    expect(of([])).toEqual([['mild'], ['severe']]);
    expect(of(['severe'])).toEqual([['severe', 'mild'], []]);
  });

  test('what is typed has no keys', () => {
    for (const type of ['text', 'integer', 'decimal', 'date'] as const)
      expect(answerKeys(field({ type }), null)).toEqual([]);
  });
});
