import { useKeys } from '../../parts/index.ts';
import { answerKeys } from './answer-keys.ts';
import { saidMissing, withValue } from './answers.ts';
import type { FieldForm } from './field-form.ts';
import { type FormContext, inputId } from './record-form.tsx';

/** One key for each answer of the field in focus; why there is none can be said with Alt while somebody types in the field. */
export function useAnswerKeys(context: FormContext, form: FieldForm | undefined): void {
  const { focused, entry, pending, onHold, onPending, coverage } = context;
  const answer = focused ? entry.field(focused).answer : null;
  const keys = form && focused ? answerKeys(form, answer) : [];
  useKeys(
    'Answers',
    keys.map((one) => ({
      keys: 'missing' in one ? [one.key, `Alt+${one.key}`] : [one.key],
      label: one.label,
      do: () => {
        if (!focused) return;
        const waiting = pending.get(inputId(focused)) ?? [];
        onPending(focused, []);
        onHold(focused);
        if ('value' in one) return entry.enter(focused, withValue(answer, one.value, waiting));
        void saidMissing(answer, one.missing, () => coverage(focused), waiting).then((said) =>
          entry.enter(focused, said),
        );
      },
    })),
  );
}
