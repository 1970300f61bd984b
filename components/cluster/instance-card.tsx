'use client';
import { ChevronRight, CircleStop } from 'lucide-react';
import { useState } from 'react';
import { useSession } from '@/lib/client/use-session';
import type { InstanceView } from '@/lib/domain/cluster/view';
import type { JocSays } from '@/lib/domain/joc/view';
import { Code } from '../text/code';
import { Text } from '../text/text';
import { Badge } from '../ui/badge';
import { Button } from '../ui/button';
import { cn } from '../ui/classes';
import { Fact, Facts } from '../ui/facts';
import { lazily } from '../ui/lazily';
import { useActs } from './acts';
import { ComponentWord } from './component-word';
import { badgeIcon, LOOK } from './icons';
import { InstanceMenu } from './instance-menu';
import { type CardState, cardState } from './model';
import { m, t } from './t';

/** The server sends it with the page; what makes it live follows: a phone does not even show it before somebody asks. */
const Sources = lazily(() => import('./says').then((file) => file.Sources));

const BORDER: Record<CardState, string> = {
  active: 'border-ok-line shadow-[0_0_0_1px_var(--ok-line)]',
  alarm: 'border-bad-line shadow-[0_0_0_1px_var(--bad-line)]',
  unknown: 'border-dashed border-unk-line',
  busy: 'border-run-line shadow-[0_0_0_1px_var(--run-line)]',
  plain: 'border-line',
};

/** One Controller instance: who it is, what it does, and what each source says of it, each with its own age. `brief` leaves the sources out; `stop` offers to stop it. */
export function InstanceCard({
  instance,
  joc,
  journal,
  brief,
  stop,
}: {
  instance: InstanceView;
  joc?: JocSays | undefined;
  /** Size of the cluster's journal, bytes: what must fit on its disk. */
  journal?: number | undefined;
  brief?: boolean;
  stop?: boolean;
}) {
  const title = t(`ui.slot.${instance.slot}.controller`);
  const [open, setOpen] = useState(false);
  return (
    <article
      data-slot={instance.slot}
      data-state={cardState(instance)}
      data-open={open}
      aria-label={title}
      className={cn('inst min-w-0 bg-surface border rounded-l', BORDER[cardState(instance)])}
    >
      <header className="inst-head grid grid-cols-[minmax(0,1fr)_auto] content-start gap-x-2 gap-y-0.5 pt-3.5 pb-3 pl-5 pr-3 max-tab:pl-4">
        <h3 className="flex flex-wrap items-center gap-x-1.5 gap-y-1.5 min-h-8 text-section font-semibold">
          {title}
          {instance.badges.map((badge) => (
            <Badge key={badge.word.key} look={LOOK[badge.tone]} icon={badgeIcon(badge)} turning={badge.tone === 'run'}>
              <Text of={badge.word} />
            </Badge>
          ))}
        </h3>
        <InstanceMenu instance={instance} />
        <p className="col-span-full text-data text-ink-2">
          <Text
            of={m('ui.instance.where', {
              name: { as: 'name', value: instance.ref.name },
              engine: { as: 'name', value: instance.docker.engineName },
            })}
          />
        </p>
      </header>
      <div className="inst-lead px-5 max-tab:px-4 pb-3">
        <Facts>
          <Fact name={t('ui.instance.status')}>
            <ComponentWord state={instance.component} />
          </Fact>
          <Fact name={t('ui.instance.node')}>{t(`ui.node.${instance.nodeState}`)}</Fact>
          <Fact name={t('ui.instance.url')}>
            <Code>{instance.url}</Code>
          </Fact>
        </Facts>
        {instance.reason && (
          <p className="mt-2 text-data">
            <Text of={instance.reason} />
          </p>
        )}
      </div>
      {stop === true && <StopButton instance={instance} />}
      {brief !== true && (
        <>
          <button type="button" className="says-toggle" aria-expanded={open} onClick={() => setOpen(!open)}>
            {t('ui.says.all')}
            <ChevronRight aria-hidden className="size-4 text-ink-3" />
          </button>
          <Sources instance={instance} joc={joc} journal={journal} />
        </>
      )}
    </article>
  );
}

function StopButton({ instance }: { instance: InstanceView }) {
  const { ask } = useActs();
  const may = useSession().may('operator');
  const action = instance.actions.find(({ kind }) => kind === 'stop');
  const why = !may ? t('ui.role.needsOperator') : action?.allowed === false && action.note ? <Text of={action.note} /> : undefined;
  const id = `stop-${instance.slot}`;
  return (
    <div className="px-5 max-tab:px-4 pb-4 grid gap-1 justify-items-start">
      <Button
        variant="danger-quiet"
        impossible={why !== undefined}
        aria-describedby={why === undefined ? undefined : id}
        onClick={() => ask('stop', instance.slot)}
        className="[overflow-wrap:anywhere]"
      >
        <CircleStop aria-hidden />
        {t('ui.act.stop.do', { name: instance.ref.name })}
      </Button>
      {why !== undefined && (
        <p id={id} className="text-meta text-ink-3">
          {why}
        </p>
      )}
    </div>
  );
}
