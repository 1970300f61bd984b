'use client';
import { useEngines } from '@/lib/client/use-engines';
import { useSession } from '@/lib/client/use-session';
import { StaleNote } from '../cluster/stale-note';
import { Page } from '../layout/page';
import { PageHead } from '../layout/page-head';
import { JocsCard } from '../registration/jocs/jocs-card';
import { EnginesCard } from '../setup/engines-card';
import { counted, t } from '../text/t-people';
import { LinkButton } from '../ui/link-button';
import { Verdict } from '../ui/verdict';
import { AccountsCard } from './accounts-card';

/** Engines, JOC Cockpits and accounts. */
export function SettingsPage() {
  const { data: engines } = useEngines();
  const session = useSession();
  const silent = engines?.filter((engine) => engine.state === 'down') ?? [];
  return (
    <Page>
      <PageHead
        title={t('ui.nav.settings')}
        sub={session.data && t('ui.settings.youAre', { name: session.data.account.name, role: t(`ui.role.${session.data.account.role}`) })}
        aside={<LinkButton href="/settings/retired">{t('ui.settings.retired')}</LinkButton>}
      />
      <StaleNote />
      {silent.length > 0 && (
        <Verdict
          tone="unknown"
          title={counted(silent.length, 'ui.settings.silent.one', 'ui.settings.silent.many')}
          why={t('ui.settings.silent.why', { engines: silent.map((engine) => engine.name).join(', ') })}
        />
      )}
      <EnginesCard />
      <JocsCard />
      <AccountsCard />
    </Page>
  );
}
