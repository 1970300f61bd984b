'use client';
import { Check, Copy } from 'lucide-react';
import { useEffect, useState } from 'react';
import { t } from '../text/t';
import { Button } from './button';

/** What a person would type, whole, with a copy button. */
export function Command({ children }: { children: string }) {
  const [copied, copyIt] = useCopy(children);
  return (
    <div className="grid grid-cols-[minmax(0,1fr)_auto] items-start gap-2 p-1 pl-3 rounded-m bg-sunken">
      <pre className="py-1.5 text-[12.5px] leading-[19px] whitespace-pre-wrap [overflow-wrap:anywhere]">{children}</pre>
      <Button size="s" variant="quiet" onClick={copyIt}>
        {copied ? <Check aria-hidden /> : <Copy aria-hidden />}
        <span aria-live="polite">{copied ? t('ui.copied') : t('ui.copy')}</span>
      </Button>
    </div>
  );
}

/** Whether it has just been copied, and what copies it. */
export function useCopy(text: string): readonly [boolean, () => void] {
  const [copied, setCopied] = useState(false);
  useEffect(() => {
    if (!copied) return;
    const back = setTimeout(() => setCopied(false), 2000);
    return () => clearTimeout(back);
  }, [copied]);
  return [copied, () => void copy(text).then(setCopied)];
}

/** Says whether it worked: without HTTPS (other than on localhost) a browser has no clipboard to write to. */
export async function copy(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return false;
  }
}
