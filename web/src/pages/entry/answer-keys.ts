/** The keys that answer the field in focus. Pure. */
import type { AnswerView } from '../../../../src/server/contract/index.ts';
import { givenValue, type MissingKind, missingLabels } from './answers.ts';
import type { FieldForm } from './field-form.ts';

/** What a key says of a field. */
export type KeyAnswer =
  | { readonly key: string; readonly label: string; readonly value: string | boolean | readonly string[] }
  | { readonly key: string; readonly label: string; readonly missing: MissingKind };

const MISSING_KEYS: Readonly<Record<MissingKind, string>> = {
  'not-documented': 'd',
  'documented-absent': 'b',
  'not-applicable': 'a',
  conflicting: 'c',
};

/** The key of a way to be missing, the same on every field. */
export function missingKey(kind: MissingKind): string {
  return MISSING_KEYS[kind];
}

/** The key of the choice at a place of the list: a digit; there is none beyond the ninth. */
export function choiceKey(at: number): string | undefined {
  return at < 9 ? String(at + 1) : undefined;
}

/** `y` and `n`, a digit for each choice, a letter for each way to be missing. Of several choices a key adds one or takes it away. */
export function answerKeys(form: FieldForm, answer: AnswerView | null): readonly KeyAnswer[] {
  return [
    ...valueKeys(form, answer),
    ...form.missing.map((kind) => ({ key: missingKey(kind), label: missingLabels[kind], missing: kind })),
  ];
}

function valueKeys({ type, choices = [] }: FieldForm, answer: AnswerView | null): readonly KeyAnswer[] {
  if (type === 'yesno') {
    return [
      { key: 'y', label: 'Yes', value: true },
      { key: 'n', label: 'No', value: false },
    ];
  }
  if (type !== 'choice' && type !== 'choices') return [];
  const chosen = givenValue(answer);
  const held = Array.isArray(chosen) ? (chosen as readonly string[]) : [];
  return choices.flatMap(({ code, label }, at) => {
    const key = choiceKey(at);
    if (key === undefined) return [];
    return [{ key, label, value: type === 'choice' ? code : toggled(held, code) }];
  });
}

function toggled(held: readonly string[], code: string): readonly string[] {
  return held.includes(code) ? held.filter((one) => one !== code) : [...held, code];
}
