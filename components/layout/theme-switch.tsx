'use client';
import { Monitor, Moon, Sun, SunMoon } from 'lucide-react';
import { useTheme } from 'next-themes';
import { t } from '../text/t';
import { Menu } from '../ui/menu';

/** Light, dark, or as the system says. */
export function ThemeSwitch() {
  const { theme, setTheme } = useTheme();
  return (
    <Menu
      button={{ variant: 'quiet', size: 'icon', 'aria-label': t('ui.theme'), children: <SunMoon aria-hidden /> }}
      label={t('ui.theme')}
      choice={{
        value: theme ?? 'system',
        onChange: setTheme,
        options: [
          { value: 'system', label: t('ui.theme.system'), icon: Monitor },
          { value: 'light', label: t('ui.theme.light'), icon: Sun },
          { value: 'dark', label: t('ui.theme.dark'), icon: Moon },
        ],
      }}
    />
  );
}
