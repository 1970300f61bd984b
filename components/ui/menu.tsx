'use client';
import type { LucideIcon } from 'lucide-react';
import { type ComponentType, type ReactNode, useState } from 'react';
import { Button, type ButtonProps } from './button';

export interface MenuItem {
  readonly id: string;
  readonly icon: LucideIcon;
  readonly label: ReactNode;
  /** Second line; for an impossible item the reason. */
  readonly note?: ReactNode;
  /** Stays reachable by keyboard and keeps its reason under it. */
  readonly impossible?: boolean;
  readonly danger?: boolean;
  readonly onSelect: () => void;
}
export interface MenuChoice {
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly options: readonly { readonly value: string; readonly label: string; readonly icon: LucideIcon }[];
}
export interface MenuProps {
  readonly button: Omit<ButtonProps, 'onClick'>;
  readonly label?: ReactNode;
  readonly items?: readonly MenuItem[];
  readonly choice?: MenuChoice;
}

const load = () => import('./menu-box').then((file) => file.MenuBox);

/** A menu behind a button. What opens is fetched when somebody is about to open it: most visits never do. */
export function Menu(props: MenuProps) {
  const [Box, setBox] = useState<ComponentType<MenuProps>>();
  if (Box) return <Box {...props} />;
  return (
    <Button
      {...props.button}
      aria-haspopup="menu"
      aria-expanded={false}
      onPointerEnter={() => void load()}
      onFocus={() => void load()}
      onClick={() => void load().then((loaded) => setBox(() => loaded))}
    />
  );
}
