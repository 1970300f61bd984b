import type { Problem } from '@/lib/domain/errors';
import { Code } from '../text/code';
import { t } from '../text/t';
import { Alert } from './alert';

/** Something went wrong: what, where, what to do; the other side's own words on request. */
export function ProblemAlert({ problem, title }: { problem: Problem; title?: string }) {
  return (
    <Alert tone={problem.code === 'HANDOVER_UNREACHABLE' ? 'unknown' : 'bad'} title={title ?? t('ui.problem.title')} role="alert">
      <p className="[overflow-wrap:anywhere]">{problem.message}</p>
      {problem.remedy !== undefined && <p className="mt-1 [overflow-wrap:anywhere]">{problem.remedy}</p>}
      <details className="mt-1 text-data">
        <summary className="inline-flex min-h-6 items-center text-accent underline underline-offset-3">{t('ui.problem.more')}</summary>
        <p>
          <Code>{problem.code}</Code>
        </p>
        {problem.detail !== undefined && <pre className="text-meta whitespace-pre-wrap [overflow-wrap:anywhere]">{problem.detail}</pre>}
      </details>
    </Alert>
  );
}
