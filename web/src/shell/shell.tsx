import { AppShell, Box } from '@mantine/core';
import { useLocalStorage } from '@mantine/hooks';
import { type ReactNode, useEffect, useRef } from 'react';
import { useLocation } from 'react-router';
import { Header } from './header.tsx';
import { Navigation } from './navigation.tsx';
import classes from './shell.module.css';

/** What stands around every page: header, navigation, and the page in `main`. */
export function Shell({ children }: { readonly children: ReactNode }) {
  const [isNarrow, setIsNarrow] = useLocalStorage({ key: 'chartproof-narrow-navigation', defaultValue: false });
  const main = useRef<HTMLElement>(null);
  const { pathname } = useLocation();
  const shown = useRef(pathname);
  useEffect(() => {
    // Without this, who uses a keyboard or a screen reader would still stand on the link of the page before.
    if (shown.current !== pathname) main.current?.focus();
    shown.current = pathname;
  }, [pathname]);
  return (
    <AppShell header={{ height: 48 }} navbar={{ width: isNarrow ? 56 : 188, breakpoint: 0 }} padding={0}>
      <button type="button" className={classes.skip} onClick={() => main.current?.focus()}>
        To the page
      </button>
      <AppShell.Header className={classes.header}>
        <Header />
      </AppShell.Header>
      <AppShell.Navbar className={classes.navigation} aria-label="Pages">
        <Navigation isNarrow={isNarrow} onNarrow={() => setIsNarrow(!isNarrow)} />
      </AppShell.Navbar>
      <AppShell.Main ref={main} tabIndex={-1} className={classes.main} id="main">
        <Box p="md">{children}</Box>
      </AppShell.Main>
    </AppShell>
  );
}
