'use client';
import { Monitor, Moon, Sun, SunMoon } from 'lucide-react';
import { useTheme } from 'next-themes';
import { t } from '../text/t';
import { Button } from '../ui/button';
import { Menu, MenuChoice } from '../ui/menu';

/** Light, dark, or as the system says. */
export function ThemeSwitch() {
  const { theme, setTheme } = useTheme();
  return (
    <Menu
      trigger={
        <Button variant="quiet" size="icon" aria-label={t('ui.theme')}>
          <SunMoon aria-hidden />
        </Button>
      }
      label={t('ui.theme')}
    >
      <MenuChoice
        value={theme ?? 'system'}
        onChange={setTheme}
        options={[
          { value: 'system', label: t('ui.theme.system'), icon: Monitor },
          { value: 'light', label: t('ui.theme.light'), icon: Sun },
          { value: 'dark', label: t('ui.theme.dark'), icon: Moon },
        ]}
      />
    </Menu>
  );
}
