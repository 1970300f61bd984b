'use client';
import { type ComponentType, useState } from 'react';
import { Button, type ButtonProps } from './button';

export type MenuButton = Omit<ButtonProps, 'onClick'>;
interface MenuProps<P> {
  readonly button: MenuButton;
  /** What opens: a component that shows `MenuBox` with its items. Always the same function. */
  readonly load: () => Promise<ComponentType<P & { readonly button: MenuButton }>>;
  /** What that component needs beside the button. */
  readonly of: P;
}

/** A menu behind a button. What opens is fetched when somebody is about to open it: most visits never do. */
export function Menu<P extends object>({ button, load, of }: MenuProps<P>) {
  const [Items, setItems] = useState<ComponentType<P & { readonly button: MenuButton }>>();
  if (Items) return <Items {...of} button={button} />;
  return (
    <Button
      {...button}
      aria-haspopup="menu"
      aria-expanded={false}
      onPointerEnter={() => void load()}
      onFocus={() => void load()}
      onClick={() => void load().then((loaded) => setItems(() => loaded))}
    />
  );
}
