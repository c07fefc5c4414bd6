import { Checkbox, Stack } from '@mantine/core';

interface RoleChecksProps<Role extends string> {
  /** Of whom or what the roles are. */
  readonly label: string;
  /** Every role with what it is for. */
  readonly words: Readonly<Record<Role, string>>;
  readonly held: readonly Role[];
  readonly isBusy?: boolean;
  readonly onChange: (role: Role, isHeld: boolean) => void;
}

/** Every role with what it is for, to be given and taken. */
export function RoleChecks<Role extends string>({ label, words, held, isBusy, onChange }: RoleChecksProps<Role>) {
  return (
    <Stack gap="xs" role="group" aria-label={label}>
      {(Object.keys(words) as Role[]).map((role) => (
        <Checkbox
          key={role}
          label={role}
          description={words[role]}
          checked={held.includes(role)}
          disabled={isBusy ?? false}
          onChange={({ currentTarget }) => onChange(role, currentTarget.checked)}
        />
      ))}
    </Stack>
  );
}
