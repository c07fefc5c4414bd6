import { MantineProvider } from '@mantine/core';
import { Notifications } from '@mantine/notifications';
import { QueryClientProvider } from '@tanstack/react-query';
import { useState } from 'react';
import { RouterProvider } from 'react-router/dom';
import { queryClient } from './api/index.ts';
import { colorSchemeManager } from './color-scheme.ts';
import { ConfirmProvider } from './parts/confirm.tsx';
import { KeysProvider } from './parts/keys.tsx';
import { createRouter } from './shell/router.tsx';
import { cssVariables, theme } from './theme.ts';

/** The whole app, in what every page of it stands on. */
export function App() {
  const [router] = useState(createRouter);
  return (
    <MantineProvider
      theme={theme}
      cssVariablesResolver={cssVariables}
      colorSchemeManager={colorSchemeManager}
      defaultColorScheme="auto"
    >
      <QueryClientProvider client={queryClient}>
        <Notifications position="bottom-right" />
        <ConfirmProvider>
          <KeysProvider>
            <RouterProvider router={router} />
          </KeysProvider>
        </ConfirmProvider>
      </QueryClientProvider>
    </MantineProvider>
  );
}
