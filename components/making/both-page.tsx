'use client';
import { useSession } from '@/lib/client/use-session';
import { useSetupOptions } from '@/lib/client/use-setups';
import { StaleNote } from '../cluster/stale-note';
import { Loading } from '../layout/loading';
import { Page } from '../layout/page';
import { PageHead } from '../layout/page-head';
import { lazily } from '../ui/lazily';
import { Verdict } from '../ui/verdict';
import { isBoth } from './form-model';
import { Looking } from './looking';
import { t } from './t-page';
import { WizardSteps } from './wizard-steps';

const BothBody = lazily(() => import('./both-body').then((file) => file.BothBody));

/** For evaluation: a Primary that works and a cold spare, from an image. */
export function BothPage() {
  const session = useSession();
  const may = session.may('admin');
  const { data: options, error, busy, refresh } = useSetupOptions(undefined, may);
  const first = options?.proposals.find(isBoth);
  return (
    <Page>
      <PageHead crumb={t('ui.make.crumb.new')} title={t('ui.make.title.both')} sub={t('ui.make.sub.both')} />
      <WizardSteps at={2} both />
      <StaleNote />
      {session.data && !may ? (
        <Verdict tone="warn" title={t('ui.make.v.role')} why={t('ui.make.v.role.why')} />
      ) : !session.data ? (
        <Loading />
      ) : options && first ? (
        <BothBody options={options} first={first} />
      ) : (
        <Looking
          options={options}
          error={error}
          busy={busy}
          again={refresh}
          none={{ title: t('ui.make.v.noImage'), why: t('ui.make.v.noImage.why') }}
        />
      )}
    </Page>
  );
}
