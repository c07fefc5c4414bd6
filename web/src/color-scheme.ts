/** Sets the chosen colour scheme before anything is drawn. A module, since inline scripts are not allowed. */
import { localStorageColorSchemeManager } from '@mantine/core';

export const colorSchemeManager = localStorageColorSchemeManager({ key: 'chartproof-color-scheme' });

const chosen = colorSchemeManager.get('auto');
const isDark = chosen === 'dark' || (chosen === 'auto' && matchMedia('(prefers-color-scheme: dark)').matches);
document.documentElement.dataset.mantineColorScheme = isDark ? 'dark' : 'light';
