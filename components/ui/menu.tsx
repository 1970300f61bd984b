'use client';
import type { LucideIcon } from 'lucide-react';
import { DropdownMenu as Radix } from 'radix-ui';
import type { ReactNode } from 'react';
import { cn } from './classes';

/** A menu. `modal` stays off: the page behind it keeps being live and readable. */
export function Menu({
  trigger,
  label,
  children,
  align = 'end',
}: {
  trigger: ReactNode;
  label?: ReactNode;
  children: ReactNode;
  align?: 'start' | 'end';
}) {
  return (
    <Radix.Root modal={false}>
      <Radix.Trigger asChild>{trigger}</Radix.Trigger>
      <Radix.Portal>
        <Radix.Content
          align={align}
          sideOffset={4}
          collisionPadding={8}
          className="z-30 w-72 max-w-[calc(100vw-16px)] p-1 bg-surface border border-line rounded-l shadow-float"
        >
          {label !== undefined && <Radix.Label className="px-2.5 pt-1.5 pb-1 text-meta text-ink-3">{label}</Radix.Label>}
          {children}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}

interface ItemProps {
  readonly icon: LucideIcon;
  readonly children: ReactNode;
  /** Second line; for an impossible item the reason. */
  readonly note?: ReactNode;
  readonly impossible?: boolean;
  readonly danger?: boolean;
  readonly onSelect: () => void;
}

/** An impossible item stays reachable by keyboard and keeps its reason under it. */
export function MenuItem({ icon: Icon, children, note, impossible, danger, onSelect }: ItemProps) {
  return (
    <Radix.Item
      aria-disabled={impossible || undefined}
      onSelect={(event) => (impossible === true ? event.preventDefault() : onSelect())}
      className={cn(
        'grid grid-cols-[16px_minmax(0,1fr)] gap-x-2.5 min-h-8 px-2.5 py-1.5 rounded-m outline-none data-highlighted:bg-sunken max-tab:min-h-11 max-tab:py-3',
        danger === true && 'text-bad',
        impossible === true && 'text-ink-3',
      )}
    >
      <Icon aria-hidden className={cn('size-4 mt-0.5', danger === true && impossible !== true ? 'text-bad' : 'text-ink-3')} />
      <span>{children}</span>
      {note !== undefined && <span className="col-start-2 text-meta text-ink-3">{note}</span>}
    </Radix.Item>
  );
}

export const MenuLine = () => <Radix.Separator className="my-1 border-t border-line" />;

export function MenuChoice({
  value,
  onChange,
  options,
}: {
  value: string;
  onChange: (value: string) => void;
  options: readonly { value: string; label: string; icon: LucideIcon }[];
}) {
  return (
    <Radix.RadioGroup value={value} onValueChange={onChange}>
      {options.map(({ value: v, label, icon: Icon }) => (
        <Radix.RadioItem
          key={v}
          value={v}
          className="grid grid-cols-[16px_minmax(0,1fr)_8px] items-center gap-x-2.5 min-h-8 px-2.5 py-1.5 rounded-m outline-none data-highlighted:bg-sunken max-tab:min-h-11"
        >
          <Icon aria-hidden className="size-4 text-ink-3" />
          {label}
          <Radix.ItemIndicator className="size-2 rounded-full bg-accent-fill" />
        </Radix.RadioItem>
      ))}
    </Radix.RadioGroup>
  );
}
