'use client';
import { Monitor, Moon, Sun, SunMoon } from 'lucide-react';
import { t } from '../text/t';
import { Menu } from '../ui/menu';
import { setTheme, type Theme, useTheme } from './theme';

/** Light, dark, or as the system says. */
export function ThemeSwitch() {
  const theme = useTheme();
  return (
    <Menu
      button={{ variant: 'quiet', size: 'icon', 'aria-label': t('ui.theme'), children: <SunMoon aria-hidden /> }}
      label={t('ui.theme')}
      choice={{
        value: theme,
        onChange: (value) => setTheme(value as Theme),
        options: [
          { value: 'system', label: t('ui.theme.system'), icon: Monitor },
          { value: 'light', label: t('ui.theme.light'), icon: Sun },
          { value: 'dark', label: t('ui.theme.dark'), icon: Moon },
        ],
      }}
    />
  );
}
