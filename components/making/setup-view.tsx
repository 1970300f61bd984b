'use client';
import type { SetupAnswer } from '@/lib/contract/setup';
import { StaleNote } from '../cluster/stale-note';
import { Code } from '../text/code';
import { Text } from '../text/text';
import { Card, SectionHead } from '../ui/card';
import { cn } from '../ui/classes';
import { Link } from '../ui/link';
import { LinkButton } from '../ui/link-button';
import { Verdict } from '../ui/verdict';
import { Choices } from './choices';
import { saidOf } from './progress-model';
import { SetupSteps } from './setup-steps';
import { m, t } from './t';
import { WizardSteps } from './wizard-steps';

/** Pure of where its data comes from. */
export function SetupView({ setup: s, may }: { setup: SetupAnswer; may: boolean }) {
  const said = saidOf(s);
  const made = s.state === 'made';
  return (
    <>
      <div className="min-w-0">
        <nav aria-label={t('ui.crumbs')} className="mb-0.5 text-data text-ink-3">
          <Link href="/" className="text-ink-2">
            {t('ui.nav.clusters')}
          </Link>{' '}
          / {t('ui.make.p.crumb', { id: s.id })}
        </nav>
        <h1 className="text-title max-tab:text-[22px] max-tab:leading-7 tracking-[-0.012em] [overflow-wrap:anywhere]">
          {t(`ui.make.p.kind.${s.kind}`, { cluster: s.clusterName })}
        </h1>
        <p className="text-ink-2">
          <Text of={m('ui.make.p.by', { id: s.id, at: { as: 'time', value: s.startedAt }, by: s.who })} />
        </p>
      </div>
      <WizardSteps at={made ? 3 : 2} both={s.kind === 'create-both'} />
      <StaleNote />
      <Verdict
        tone={said.tone}
        title={<Title said={said} />}
        why={said.why && <Text of={said.why} />}
        news={[said.title, ...(said.step ? [said.step] : []), ...(said.why ? [said.why] : [])]}
        action={<Ways s={s} />}
      />
      <div className="flex flex-col gap-6 max-tab:gap-4 *:min-w-0 wide:grid wide:items-start wide:grid-cols-[minmax(0,1fr)_408px]">
        <SetupSteps setup={s} />
        <div className={cn('grid gap-6 max-tab:gap-4 grid-cols-[minmax(0,1fr)]', s.state === 'asking' && 'max-wide:order-first')}>
          <Choices s={s} may={may} />
          <Names s={s} />
        </div>
      </div>
    </>
  );
}

function Title({ said }: { said: ReturnType<typeof saidOf> }) {
  if (!said.step) return <Text of={said.title} />;
  // The step's own title is a message with names in it: it stands where the sentence has its place for it.
  return (
    <>
      <Text of={{ ...said.title, params: { ...said.title.params, step: '' } }} />
      <Text of={said.step} />.
    </>
  );
}

/** One click on: to JOC Cockpit, to the picture, or once more. */
function Ways({ s }: { s: SetupAnswer }) {
  if (s.state === 'made')
    return (
      <div className="flex flex-wrap justify-end gap-2 max-tab:*:w-full">
        <LinkButton href={`/clusters/${s.clusterId}`}>{t('ui.make.p.status')}</LinkButton>
        <LinkButton variant="primary" href={`/clusters/${s.clusterId}/register`}>
          {t('ui.make.p.register')}
        </LinkButton>
      </div>
    );
  if (s.state === 'asking')
    return (
      <LinkButton variant="primary" href="#choose" className="wide:hidden">
        {t('ui.make.p.toChoices')}
      </LinkButton>
    );
  if (s.state === 'undone' || s.state === 'left-by-hand')
    return (
      <LinkButton href={s.kind === 'create-both' ? '/clusters/new/both' : `/clusters/${s.clusterId}/set-up`}>
        {t('ui.make.p.again')}
      </LinkButton>
    );
  return null;
}

function Names({ s }: { s: SetupAnswer }) {
  if (s.names.length === 0) return null;
  const title = s.state === 'left-by-hand' ? 'ui.make.p.names.left' : s.state === 'made' ? 'ui.make.p.names.made' : 'ui.make.p.names';
  return (
    <Card aria-labelledby="names" className="p-5 max-tab:p-4 grid gap-2">
      <SectionHead id="names" title={t(title)} />
      <ul className="grid gap-1">
        {s.names.map((name) => (
          <li key={name} className="[overflow-wrap:anywhere]">
            <Code>{name}</Code>
          </li>
        ))}
      </ul>
    </Card>
  );
}
