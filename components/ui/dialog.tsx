'use client';
import { Dialog as Radix } from 'radix-ui';
import { type ReactNode, useState } from 'react';
import { askerNow, focusBack } from './asker';
import { cn } from './classes';

export const DialogRoot = Radix.Root;
export const DialogTrigger = Radix.Trigger;
export const DialogClose = Radix.Close;

const veil = 'fixed inset-0 z-40 bg-[rgb(8_14_19/0.5)]';

function useFocusBack(): (event: Event) => void {
  const [asker] = useState(askerNow);
  return (event) => {
    event.preventDefault();
    focusBack(asker);
  };
}

/** One question before a single act. Focus goes in, stays in, and returns to the button that opened it. */
export function DialogBox({
  title,
  description,
  children,
  className,
}: {
  title: ReactNode;
  description: ReactNode;
  children?: ReactNode;
  className?: string;
}) {
  const back = useFocusBack();
  return (
    <Radix.Portal>
      <Radix.Overlay className={veil} />
      <Radix.Content
        onCloseAutoFocus={back}
        className={cn(
          'fixed z-50 left-1/2 top-1/2 -translate-x-1/2 -translate-y-1/2 w-[calc(100%-32px)] max-w-[520px] max-h-[calc(100dvh-32px)] overflow-y-auto',
          'grid gap-3 p-6 max-tab:p-4 bg-surface border border-line rounded-l shadow-float outline-none',
          className,
        )}
      >
        <Radix.Title className="text-section">{title}</Radix.Title>
        <Radix.Description asChild>
          <div className="text-ink-2 grid gap-2">{description}</div>
        </Radix.Description>
        {children}
      </Radix.Content>
    </Radix.Portal>
  );
}

/** The same, from the lower edge over the page's whole width: for logs. */
export function DrawerBox({ title, description, children }: { title: ReactNode; description: string; children: ReactNode }) {
  const back = useFocusBack();
  return (
    <Radix.Portal>
      <Radix.Overlay className={veil} />
      <Radix.Content
        onCloseAutoFocus={back}
        className="fixed z-50 inset-x-0 bottom-0 h-[min(72dvh,720px)] max-tab:h-[92dvh] flex flex-col bg-surface border-t border-line-strong rounded-t-l shadow-float outline-none"
      >
        <Radix.Title className="sr-only">{title}</Radix.Title>
        <Radix.Description className="sr-only">{description}</Radix.Description>
        {children}
      </Radix.Content>
    </Radix.Portal>
  );
}

export function DialogActions({ children }: { children: ReactNode }) {
  return <div className="flex flex-wrap justify-end gap-2 mt-1 max-tab:flex-col-reverse">{children}</div>;
}
