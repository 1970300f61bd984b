'use client';
import { useSession } from '@/lib/client/use-session';
import { useSetup } from '@/lib/client/use-setups';
import { Loading } from '../layout/loading';
import { Missing } from '../layout/missing';
import { Page } from '../layout/page';
import { lazily } from '../ui/lazily';
import { ProblemAlert } from '../ui/problem';
import { t } from './t-page';

const SetupView = lazily(() => import('./setup-view').then((file) => file.SetupView));

/** One address for a set-up while it works, while it waits for a person, and afterwards. */
export function SetupPage({ id }: { id: string }) {
  const { data, error } = useSetup(id);
  const may = useSession().may('admin');
  if (!data && error && (error.status === 404 || error.status === 403))
    return <Missing title={t('ui.make.p.missing')} why={t('ui.make.p.missing.why')} />;
  if (!data && error)
    return (
      <Page>
        <h1 className="text-title">{t('ui.make.p.crumb', { id })}</h1>
        <ProblemAlert problem={error} />
      </Page>
    );
  if (!data) return <Loading />;
  return (
    <Page>
      <SetupView setup={data} may={may} />
    </Page>
  );
}
