'use client';
import { SunMoon } from 'lucide-react';
import { t } from '../text/t';
import { Menu } from '../ui/menu';

const load = () => import('./theme-menu').then((file) => file.ThemeMenu);

/** Light, dark, or as the system says. */
export function ThemeSwitch() {
  const button = { variant: 'quiet', size: 'icon', 'aria-label': t('ui.theme'), children: <SunMoon aria-hidden /> } as const;
  return <Menu button={button} load={load} of={{}} />;
}
