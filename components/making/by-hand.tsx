'use client';
import { Check, Copy } from 'lucide-react';
import type { SetupPlanAnswer } from '@/lib/contract/setup';
import { Text } from '../text/text';
import { Button } from '../ui/button';
import { Card, SectionHead } from '../ui/card';
import { Command, useCopy } from '../ui/command';
import { t } from './t';

/** What only a person can do: keys, certificates, the nodes of a licensed pair. */
export function TodoCard({ answer }: { answer: SetupPlanAnswer }) {
  if (answer.todo.length === 0) return null;
  return (
    <Card aria-labelledby="todo" className="p-5 max-tab:p-4 grid gap-3 grid-cols-[minmax(0,1fr)]">
      <SectionHead id="todo" title={t('ui.make.todo')} />
      {answer.todo.map((one) => (
        <div key={one.title.key} className="grid gap-2 grid-cols-[minmax(0,1fr)]">
          <p className="[overflow-wrap:anywhere]">
            <Text of={one.title} />
          </p>
          {one.commands.length > 0 && <Command>{one.commands.join('\n')}</Command>}
        </div>
      ))}
    </Card>
  );
}

/** The same as docker lines and as a compose file. */
export function ByHand({ answer }: { answer: SetupPlanAnswer }) {
  if (answer.commands.length === 0 && answer.compose === '') return null;
  return (
    <Card aria-labelledby="by-hand" className="p-5 max-tab:p-4 grid gap-4 grid-cols-[minmax(0,1fr)]">
      <div>
        <SectionHead id="by-hand" title={t('ui.make.hand')} />
        <p className="text-ink-2">{t('ui.make.hand.about')}</p>
      </div>
      <div className="grid gap-4 items-start grid-cols-[minmax(0,1fr)] wide:grid-cols-2">
        {answer.compose !== '' && <Whole title={t('ui.make.hand.compose')} button={t('ui.make.hand.copy.compose')} text={answer.compose} />}
        {answer.commands.length > 0 && (
          <Whole title={t('ui.make.hand.docker')} button={t('ui.make.hand.copy.docker')} text={answer.commands.join('\n')} />
        )}
      </div>
    </Card>
  );
}

function Whole({ title, button, text }: { title: string; button: string; text: string }) {
  const [copied, copyIt] = useCopy(text);
  return (
    <div className="grid gap-2 grid-cols-[minmax(0,1fr)]">
      <div className="flex items-center gap-3">
        <h3 className="font-semibold">{title}</h3>
        <Button size="s" className="ml-auto" onClick={copyIt}>
          {copied ? <Check aria-hidden /> : <Copy aria-hidden />}
          <span aria-live="polite">{copied ? t('ui.copied') : button}</span>
        </Button>
      </div>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls sideways must be reachable by keyboard */}
      <section aria-label={title} tabIndex={0} className="rounded-m bg-sunken overflow-x-auto">
        <pre className="p-3 text-[12.5px] leading-[19px] w-max">{text.trimEnd()}</pre>
      </section>
    </div>
  );
}
