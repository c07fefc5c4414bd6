import type { FieldForm } from './field-form.ts';

/** The value of a field, of whatever type. */
export type Value = string | number | boolean | readonly string[];

/** What an input of any type is given. */
export interface InputProps {
  readonly id: string;
  readonly form: FieldForm;
  /** undefined: none. */
  readonly value: Value | undefined;
  readonly onChange: (value: Value | undefined) => void;
  readonly describedBy: string;
  readonly isInvalid: boolean;
}
