'use client';
import type { PrepareAnswer } from '@/lib/contract/runs';
import type { Message } from '@/lib/domain/text/message';
import { Text } from '../../text/text';
import { useNow } from '../../text/viewer';
import { LinkButton } from '../../ui/link-button';
import { Verdict } from '../../ui/verdict';
import { counted, m, t } from '../t';
import { AgainButton } from './again-button';
import { isOld, oldestOf, type Readiness, readinessOf } from './prepare-model';

/** Ready or not, in one sentence. The time is a time of day, no age: the verdict is a live region, and nobody wants a clock read out. */
export function PrepareVerdict({ answer, busy, onAgain }: { answer: PrepareAnswer; busy: boolean; onAgain: () => void }) {
  const oldest = oldestOf(answer);
  const old = isOld(oldest, useNow());
  const readiness = readinessOf(answer);
  const at = { as: 'time' as const, value: oldest };
  if (readiness === 'ready' && answer.plan) {
    const down = { as: 'duration' as const, value: answer.plan.expectedDownMs };
    return (
      <Verdict
        tone="ok"
        title={readyTitle(answer.counts)}
        news={[m('runbook.prepare.ready.many', { n: answer.counts.pass })]}
        why={<Text of={m(old ? 'runbook.prepare.old' : 'runbook.prepare.why', { down, at })} />}
        action={
          <>
            <LinkButton href="#start" variant="primary" className="wide:hidden">
              {t('runbook.prepare.toStart')}
            </LinkButton>
            <AgainButton busy={busy} onAgain={onAgain} />
          </>
        }
      />
    );
  }
  return (
    <Verdict
      tone={readiness === 'unknown' ? 'unknown' : 'bad'}
      title={<Text of={notReady[readiness](answer)} />}
      news={[notReady[readiness](answer)]}
      why={<Text of={m('runbook.prepare.fix', { at })} />}
      action={
        <>
          <LinkButton href="#checks" variant="primary" className="wide:hidden">
            {t('runbook.prepare.seeFix')}
          </LinkButton>
          <AgainButton busy={busy} onAgain={onAgain} />
        </>
      }
    />
  );
}

const notReady: Record<Readiness, (a: PrepareAnswer) => Message> = {
  blocked: ({ counts: { block: n } }) => m(n === 1 ? 'runbook.prepare.blocked.one' : 'runbook.prepare.blocked.many', { n }),
  unknown: ({ counts: { unknown: n } }) => m(n === 1 ? 'runbook.prepare.unknown.one' : 'runbook.prepare.unknown.many', { n }),
  'no-plan': () => m('runbook.prepare.noPlan'),
  // Ready, but no plan came with it: then it is not.
  ready: () => m('runbook.prepare.noPlan'),
};

const readyTitle = ({ pass, warn }: PrepareAnswer['counts']): string =>
  counted(pass, 'runbook.prepare.ready.one', 'runbook.prepare.ready.many') +
  (warn === 0 ? t('runbook.prepare.noWarnings') : counted(warn, 'runbook.prepare.warnings.one', 'runbook.prepare.warnings.many'));
