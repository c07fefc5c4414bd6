/** The one theme: calm, dense enough for a day's work, AA contrast in light and dark, targets of 24 px or more. */
import {
  ActionIcon,
  Checkbox,
  type CSSVariablesResolver,
  createTheme,
  Drawer,
  Loader,
  type MantineColorsTuple,
  Menu,
  Modal,
  Portal,
  Progress,
  Radio,
  Switch,
  Tooltip,
} from '@mantine/core';

const ink: MantineColorsTuple = [
  '#eef5fa',
  '#dbe8f1',
  '#b3cfe2',
  '#88b4d2',
  '#649ec5',
  '#4d90bd',
  '#3577a6',
  '#2a6792',
  '#1f5f8b',
  '#0e4a72',
];

export const theme = createTheme({
  colors: { ink },
  primaryColor: 'ink',
  // White text on a filled button has 6.9:1 in both schemes.
  primaryShade: { light: 8, dark: 8 },
  fontFamily: "'Inter Variable', system-ui, sans-serif",
  headings: {
    fontFamily: "'Inter Variable', system-ui, sans-serif",
    fontWeight: '600',
    sizes: {
      h1: { fontSize: '1.375rem', lineHeight: '1.3' },
      h2: { fontSize: '1.125rem', lineHeight: '1.35' },
      h3: { fontSize: '1rem', lineHeight: '1.4' },
    },
  },
  fontSizes: { xs: '0.75rem', sm: '0.8125rem', md: '0.875rem', lg: '1rem', xl: '1.125rem' },
  spacing: { xs: '0.375rem', sm: '0.625rem', md: '0.875rem', lg: '1.25rem', xl: '2rem' },
  defaultRadius: 'sm',
  cursorType: 'pointer',
  respectReducedMotion: true,
  // Of theme.css: 3:1 on every surface, which the colour of filled buttons has not in the dark.
  focusClassName: 'in-focus',
  components: {
    ActionIcon: ActionIcon.extend({ defaultProps: { variant: 'subtle', color: 'gray', size: 'md' } }),
    Checkbox: Checkbox.extend({ defaultProps: { size: 'md' } }),
    // Within the gate: what stands over a page is hidden with it.
    Portal: Portal.extend({ defaultProps: { target: '#over-the-page' } }),
    Progress: Progress.extend({ defaultProps: { color: 'var(--mantine-color-anchor)' } }),
    Radio: Radio.extend({ defaultProps: { size: 'md' } }),
    Switch: Switch.extend({ defaultProps: { size: 'md' } }),
    Drawer: Drawer.extend({ defaultProps: { closeButtonProps: { 'aria-label': 'Close' } } }),
    Loader: Loader.extend({ defaultProps: { color: 'var(--mantine-color-anchor)' } }),
    // Its place holder for the focus has a role that a menu must not have in it.
    Menu: Menu.extend({ defaultProps: { withInitialFocusPlaceholder: false } }),
    Modal: Modal.extend({ defaultProps: { closeButtonProps: { 'aria-label': 'Close' } } }),
    Tooltip: Tooltip.extend({ defaultProps: { openDelay: 300, events: { hover: true, focus: true, touch: false } } }),
  },
});

/** Mantine's quiet colours are too faint for AA; these have 4.5:1 or more on the surfaces on which they stand. */
export const cssVariables: CSSVariablesResolver = () => ({
  variables: {},
  light: {
    // What shows where a field is: 3:1.
    '--edge-of-control': '#868e96',
    '--mantine-color-dimmed': '#565e66',
    '--mantine-color-placeholder': '#666d75',
    '--mantine-color-error': '#b3261e',
    '--mantine-color-anchor': '#1f5f8b',
    '--mantine-color-gray-light-color': '#3b4249',
    '--mantine-color-green-light-color': '#1d6b2f',
    '--mantine-color-yellow-light-color': '#7a4b00',
    '--mantine-color-orange-light-color': '#8a3f00',
    '--mantine-color-red-light-color': '#a4221b',
  },
  dark: {
    '--edge-of-control': '#7f858c',
    '--mantine-color-dimmed': '#b0b5ba',
    '--mantine-color-placeholder': '#a0a5aa',
    '--mantine-color-error': '#ff9c96',
    '--mantine-color-anchor': '#88b4d2',
    '--mantine-color-ink-light-color': '#b3cfe2',
    '--mantine-color-gray-light-color': '#ced3d8',
    '--mantine-color-green-light': 'rgba(105, 219, 124, 0.13)',
    '--mantine-color-green-light-color': '#9be3ab',
    '--mantine-color-yellow-light': 'rgba(240, 180, 41, 0.13)',
    '--mantine-color-yellow-light-color': '#f2cf73',
    '--mantine-color-orange-light': 'rgba(255, 146, 89, 0.13)',
    '--mantine-color-orange-light-color': '#ffb48f',
    '--mantine-color-red-light': 'rgba(255, 107, 107, 0.13)',
    '--mantine-color-red-light-color': '#ffaba5',
  },
});
