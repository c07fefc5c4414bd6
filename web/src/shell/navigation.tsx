import { ActionIcon, Divider, NavLink, Stack, Tooltip } from '@mantine/core';
import { IconLayoutSidebarLeftCollapse, IconLayoutSidebarLeftExpand, type IconProps } from '@tabler/icons-react';
import type { ComponentType } from 'react';
import { Link, useMatch, useParams } from 'react-router';
import { studyPages, workspacePages } from '../pages/pages.tsx';
import { useMay } from '../session/session.ts';
import classes from './shell.module.css';

/** The pages that whoever is signed in may open: those of the study that is open, then those of the workspace. */
export function Navigation({ isNarrow, onNarrow }: { readonly isNarrow: boolean; readonly onNarrow: () => void }) {
  const { study } = useParams();
  const may = useMay();
  const ofStudy = study === undefined ? [] : studyPages.filter((page) => may.inStudy(study, page.needs));
  const ofWorkspace = workspacePages.filter((page) => !page.needs || may.inWorkspace(page.needs));
  const Turn = isNarrow ? IconLayoutSidebarLeftExpand : IconLayoutSidebarLeftCollapse;
  return (
    <Stack gap={2} h="100%">
      {ofStudy.map(({ path, name, icon }) => (
        <PageLink
          key={path}
          to={`/studies/${study}${path && `/${path}`}`}
          name={name}
          icon={icon}
          isNarrow={isNarrow}
        />
      ))}
      {ofStudy.length > 0 && <Divider my="xs" />}
      {ofWorkspace.map(({ path, name, icon }) => (
        <PageLink key={path} to={`/${path}`} name={name} icon={icon} isNarrow={isNarrow} />
      ))}
      <Tooltip label={isNarrow ? 'Wide navigation' : 'Narrow navigation'} position="right">
        <ActionIcon
          mt="auto"
          size={32}
          onClick={onNarrow}
          aria-label={isNarrow ? 'Wide navigation' : 'Narrow navigation'}
        >
          <Turn size={18} aria-hidden />
        </ActionIcon>
      </Tooltip>
    </Stack>
  );
}

interface PageLinkProps {
  readonly to: string;
  readonly name: string;
  readonly icon: ComponentType<IconProps> | undefined;
  readonly isNarrow: boolean;
}

function PageLink({ to, name, icon: Icon, isNarrow }: PageLinkProps) {
  // The overview and the list of studies are above other pages; they are not open while one of those is.
  const isRoot = to === '/' || /^\/studies\/[^/]+$/.test(to);
  const isOpen = useMatch({ path: to, end: isRoot }) !== null;
  if (!Icon) return null;
  return (
    <Tooltip label={name} position="right" disabled={!isNarrow}>
      <NavLink
        component={Link}
        to={to}
        active={isOpen}
        aria-current={isOpen ? 'page' : undefined}
        label={isNarrow ? undefined : name}
        aria-label={isNarrow ? name : undefined}
        leftSection={<Icon size={18} aria-hidden />}
        className={classes.link}
      />
    </Tooltip>
  );
}
