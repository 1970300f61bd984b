'use client';
import type { LucideIcon } from 'lucide-react';
import { DropdownMenu as Radix } from 'radix-ui';
import { type ReactNode, useState } from 'react';
import { askedInMenu } from './asker';
import { Button } from './button';
import { cn } from './classes';
import type { MenuButton } from './menu';

interface MenuItem {
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
interface MenuChoice {
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly options: readonly { readonly value: string; readonly label: string; readonly icon: LucideIcon }[];
}
interface MenuBoxProps {
  readonly button: MenuButton;
  readonly label?: ReactNode;
  readonly items?: readonly MenuItem[];
  readonly choice?: MenuChoice;
}

/** The opened menu. `modal` stays off: the page behind it keeps being live and readable. */
export function MenuBox({ button, label, items, choice }: MenuBoxProps) {
  // Within the landmark of its button: what stands outside of all landmarks is hard to find.
  const [place] = useState(() => document.activeElement?.closest<HTMLElement>('main, header, footer') ?? null);
  return (
    <Radix.Root modal={false} defaultOpen>
      <Radix.Trigger asChild>
        <Button {...button} />
      </Radix.Trigger>
      <Radix.Portal container={place}>
        <Radix.Content
          align="end"
          sideOffset={4}
          collisionPadding={8}
          className="z-30 w-72 max-w-[calc(100vw-16px)] p-1 bg-surface border border-line rounded-l shadow-float"
        >
          {label !== undefined && <Radix.Label className="px-2.5 pt-1.5 pb-1 text-meta text-ink-3">{label}</Radix.Label>}
          {items?.map((item) => (
            <Item key={item.id} item={item} />
          ))}
          {choice && <Choice choice={choice} />}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}

const ROW = 'grid gap-x-2.5 min-h-8 px-2.5 py-1.5 rounded-m outline-none data-highlighted:bg-sunken max-tab:min-h-11 max-tab:py-3';

function Item({ item: { icon: Icon, label, note, impossible = false, danger = false, onSelect } }: { item: MenuItem }) {
  return (
    <Radix.Item
      aria-disabled={impossible || undefined}
      onSelect={(event) => {
        if (impossible) return event.preventDefault();
        askedInMenu(event.currentTarget as Element | null);
        onSelect();
      }}
      className={cn(ROW, 'grid-cols-[16px_minmax(0,1fr)]', impossible ? 'text-ink-3' : danger && 'text-bad')}
    >
      <Icon aria-hidden className={cn('size-4 mt-0.5', danger && !impossible ? 'text-bad' : 'text-ink-3')} />
      <span>{label}</span>
      {note !== undefined && <span className="col-start-2 text-meta text-ink-3">{note}</span>}
    </Radix.Item>
  );
}

function Choice({ choice: { value, onChange, options } }: { choice: MenuChoice }) {
  return (
    <Radix.RadioGroup value={value} onValueChange={onChange}>
      {options.map((option) => (
        <Radix.RadioItem key={option.value} value={option.value} className={cn(ROW, 'grid-cols-[16px_minmax(0,1fr)_8px] items-center')}>
          <option.icon aria-hidden className="size-4 text-ink-3" />
          {option.label}
          <Radix.ItemIndicator className="size-2 rounded-full bg-accent-fill" />
        </Radix.RadioItem>
      ))}
    </Radix.RadioGroup>
  );
}
