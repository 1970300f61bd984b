import { FileJson, FileText } from 'lucide-react';
import { keys } from '@/lib/client/keys';
import type { RunAnswer } from '@/lib/contract/runs';
import { Text } from '../../text/text';
import { buttonVariants } from '../../ui/button-look';
import { Link } from '../../ui/link';
import { sideNames } from '../labels';
import { m, t } from '../t';

/** Which run it is, from where to where, by whom; and its report, as far as it goes. */
export function RunHead({ answer }: { answer: RunAnswer }) {
  const { summary } = answer;
  const { source, target } = sideNames(summary);
  const who = {
    source,
    target,
    sourceName: { as: 'name' as const, value: summary.from.name },
    targetName: { as: 'name' as const, value: summary.to.name },
    by: summary.by,
  };
  const report = summary.state !== 'working';
  return (
    <div className="flex flex-wrap items-end gap-x-6 gap-y-3">
      <div className="min-w-0">
        <nav aria-label={t('ui.crumbs')} className="mb-0.5 text-data text-ink-3">
          <Link href="/runs" className="text-ink-2">
            {t('runbook.runs')}
          </Link>{' '}
          / {summary.runId}
        </nav>
        <h1 className="text-title max-tab:text-[22px] max-tab:leading-7 tracking-[-0.012em] [overflow-wrap:anywhere]">
          {t('runbook.run.title', { run: summary.runId, cluster: summary.clusterName })}
        </h1>
        <p className="text-ink-2 [overflow-wrap:anywhere]">
          <Text of={summary.ticket ? m('runbook.run.fromToTicket', { ...who, ticket: summary.ticket }) : m('runbook.run.fromTo', who)} />
        </p>
      </div>
      {report && (
        <div className="ml-auto flex gap-2 max-tab:ml-0 max-tab:w-full max-tab:*:grow">
          <a href={keys.report(summary.runId, 'md')} download className={buttonVariants()}>
            <FileText aria-hidden />
            {t('runbook.markdown')}
          </a>
          <a href={keys.report(summary.runId, 'json')} download className={buttonVariants()}>
            <FileJson aria-hidden />
            {t('runbook.json')}
          </a>
        </div>
      )}
    </div>
  );
}
