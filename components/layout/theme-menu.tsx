'use client';
import { Monitor, Moon, Sun } from 'lucide-react';
import { t } from '../text/t-later';
import type { MenuButton } from '../ui/menu';
import { MenuBox } from '../ui/menu-box';
import { setTheme, type Theme, useTheme } from './theme';

export function ThemeMenu({ button }: { button: MenuButton }) {
  return (
    <MenuBox
      button={button}
      label={t('ui.theme')}
      choice={{
        value: useTheme(),
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
