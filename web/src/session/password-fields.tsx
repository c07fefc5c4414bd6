import { PasswordInput } from '@mantine/core';
import { useState } from 'react';
import { password as passwordSchema } from '../../../src/server/contract/index.ts';

/** A new password, twice. */
export interface NewPassword {
  readonly first: string;
  readonly again: string;
  readonly firstError: string | null;
  readonly againError: string | null;
  readonly setFirst: (value: string) => void;
  readonly setAgain: (value: string) => void;
  /** The password, or undefined where it will not do, which the fields then say. */
  readonly check: () => string | undefined;
}

/** What stands in the two fields of a new password, and whether it will do. */
export function usePasswordFields(): NewPassword {
  const [first, setFirst] = useState('');
  const [again, setAgain] = useState('');
  const [isChecked, setIsChecked] = useState(false);
  const isLong = passwordSchema.safeParse(first).success;
  return {
    first,
    again,
    firstError: isChecked && !isLong ? 'Choose 12 to 200 characters.' : null,
    againError: isChecked && first !== again ? 'The two are not the same.' : null,
    setFirst,
    setAgain,
    check: () => {
      setIsChecked(true);
      return isLong && first === again ? first : undefined;
    },
  };
}

/** The two fields of a new password. */
export function PasswordFields({ fields }: { readonly fields: NewPassword }) {
  return (
    <>
      <PasswordInput
        label="New password"
        description="12 characters or more; a few words in a row are good"
        autoComplete="new-password"
        required
        value={fields.first}
        error={fields.firstError}
        onChange={(event) => fields.setFirst(event.currentTarget.value)}
      />
      <PasswordInput
        label="The same again"
        autoComplete="new-password"
        required
        value={fields.again}
        error={fields.againError}
        onChange={(event) => fields.setAgain(event.currentTarget.value)}
      />
    </>
  );
}
