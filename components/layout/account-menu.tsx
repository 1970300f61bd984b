'use client';
import { KeyRound, LogOut, User } from 'lucide-react';
import { useState } from 'react';
import { call } from '@/lib/client/fetcher';
import { useSession } from '@/lib/client/use-session';
import { t } from '../text/t';
import { lazily } from '../ui/lazily';
import { Menu } from '../ui/menu';

const OwnPassword = lazily(() => import('../settings/own-password').then((file) => file.OwnPassword));

/** Who is logged in; own password; logging out. */
export function AccountMenu() {
  const session = useSession();
  const [asking, setAsking] = useState(false);
  const account = session.data?.account;
  if (!account) return null;
  return (
    <>
      <Menu
        button={{
          variant: 'quiet',
          className: 'font-normal! text-data! px-2!',
          'aria-label': t('ui.account.menu', { name: account.name }),
          children: (
            <>
              <User aria-hidden />
              <span className="max-w-40 [overflow-wrap:anywhere] text-left max-tab:hidden">{account.name}</span>
            </>
          ),
        }}
        label={t('ui.account.signedIn', { name: account.name, role: t(`ui.role.${account.role}`) })}
        items={[
          { id: 'password', icon: KeyRound, label: t('ui.account.password'), onSelect: () => setAsking(true) },
          { id: 'logout', icon: LogOut, label: t('ui.account.logout'), onSelect: () => void logOut() },
        ]}
      />
      {asking && <OwnPassword onClose={() => setAsking(false)} />}
    </>
  );
}

async function logOut(): Promise<void> {
  await call('DELETE', '/api/session');
  window.location.assign('/login');
}
