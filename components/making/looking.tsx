'use client';
import { RefreshCw } from 'lucide-react';
import type { CallFailure } from '@/lib/client/fetcher';
import type { SetupOptions } from '@/lib/contract/setup';
import { Button } from '../ui/button';
import { LinkButton } from '../ui/link-button';
import { ProblemAlert } from '../ui/problem';
import { Verdict } from '../ui/verdict';
import { t } from './t-page';

interface Props {
  readonly options: SetupOptions | undefined;
  readonly error: CallFailure | undefined;
  readonly busy: boolean;
  readonly again: () => void;
  /** The engines answer, and still nothing can be proposed. */
  readonly none: { readonly title: string; readonly why: string };
}

/** While the engines are asked, and where nothing can be proposed: which of them do not answer, and why. */
export function Looking({ options, error, busy, again, none }: Props) {
  const button = (
    <Button busy={busy} onClick={again}>
      {!busy && <RefreshCw aria-hidden />}
      {t('ui.make.again')}
    </Button>
  );
  if (!options && !error) return <Verdict tone="run" title={t('ui.make.v.looking')} why={t('ui.make.v.looking.why')} />;
  if (!options)
    return (
      <>
        <Verdict tone="unknown" title={t('ui.make.v.failed')} action={button} />
        {error && <ProblemAlert problem={error} />}
      </>
    );
  const silent = options.engines.filter((e) => e.problem);
  const dark = silent.length === options.engines.length;
  return (
    <>
      {dark ? (
        <Verdict
          tone="unknown"
          title={t('ui.make.v.engines')}
          why={t('ui.make.v.engines.why')}
          action={
            <div className="flex flex-wrap gap-2">
              {button}
              <LinkButton variant="primary" href="/settings#engines">
                {t('ui.make.v.engines.do')}
              </LinkButton>
            </div>
          }
        />
      ) : (
        <Verdict tone="bad" title={none.title} why={none.why} action={button} />
      )}
      {silent.map((e) => e.problem && <ProblemAlert key={e.id} problem={e.problem} title={e.name} />)}
    </>
  );
}
