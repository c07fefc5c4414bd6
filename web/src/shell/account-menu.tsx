import { Button, type MantineColorScheme, Menu, useMantineColorScheme } from '@mantine/core';
import { IconCheck, IconChevronDown, IconLock, IconLogout, IconUserCircle } from '@tabler/icons-react';
import { useState } from 'react';
import { contract } from '../../../src/server/contract/index.ts';
import { useChange } from '../api/index.ts';
import { ChangePassword } from '../session/change-password.tsx';
import { useSignedIn } from '../session/session.ts';

const SCHEMES: readonly { readonly scheme: MantineColorScheme; readonly name: string }[] = [
  { scheme: 'light', name: 'Light' },
  { scheme: 'dark', name: 'Dark' },
  { scheme: 'auto', name: 'As the system' },
];

/** Who is signed in; light or dark; the password; the way out. */
export function AccountMenu() {
  const { person, signIn } = useSignedIn();
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const [isChanging, setIsChanging] = useState(false);
  const signOut = useChange(contract.signOut, { touches: [] });
  return (
    <>
      <Menu position="bottom-end" width={220} withinPortal>
        <Menu.Target>
          <Button
            variant="subtle"
            color="gray"
            size="sm"
            px="xs"
            leftSection={<IconUserCircle size={18} aria-hidden />}
            rightSection={<IconChevronDown size={14} aria-hidden />}
          >
            {person.name}
          </Button>
        </Menu.Target>
        <Menu.Dropdown aria-label="Account">
          <Menu.Label>Colours</Menu.Label>
          {SCHEMES.map(({ scheme, name }) => (
            <Menu.Item
              key={scheme}
              onClick={() => setColorScheme(scheme)}
              rightSection={scheme === colorScheme && <IconCheck size={16} aria-label="chosen" />}
            >
              {name}
            </Menu.Item>
          ))}
          <Menu.Divider />
          {signIn.local && (
            <Menu.Item leftSection={<IconLock size={16} aria-hidden />} onClick={() => setIsChanging(true)}>
              Change password
            </Menu.Item>
          )}
          <Menu.Item
            leftSection={<IconLogout size={16} aria-hidden />}
            // A new page, so that nothing of a chart stays in the memory of this one.
            onClick={() => signOut.mutate({}, { onSuccess: () => location.assign('/') })}
          >
            Sign out
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      <ChangePassword isOpen={isChanging} onClose={() => setIsChanging(false)} />
    </>
  );
}
