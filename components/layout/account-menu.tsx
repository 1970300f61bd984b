'use client';
import { KeyRound, LogOut, User } from 'lucide-react';
import dynamic from 'next/dynamic';
import { useState } from 'react';
import { call } from '@/lib/client/fetcher';
import { useSession } from '@/lib/client/use-session';
import { t } from '../text/t';
import { Button } from '../ui/button';
import { Menu, MenuItem } from '../ui/menu';

const OwnPassword = dynamic(() => import('../settings/own-password').then((file) => file.OwnPassword), { ssr: false });

/** Who is logged in; own password; logging out. */
export function AccountMenu() {
  const session = useSession();
  const [asking, setAsking] = useState(false);
  const account = session.data?.account;
  if (!account) return null;
  return (
    <>
      <Menu
        trigger={
          <Button variant="quiet" className="font-normal text-data px-2" aria-label={t('ui.account.menu', { name: account.name })}>
            <User aria-hidden />
            <span className="max-w-40 [overflow-wrap:anywhere] text-left max-tab:hidden">{account.name}</span>
          </Button>
        }
        label={t('ui.account.signedIn', { name: account.name, role: t(`ui.role.${account.role}`) })}
      >
        <MenuItem icon={KeyRound} onSelect={() => setAsking(true)}>
          {t('ui.account.password')}
        </MenuItem>
        <MenuItem icon={LogOut} onSelect={() => void logOut()}>
          {t('ui.account.logout')}
        </MenuItem>
      </Menu>
      {asking && <OwnPassword onClose={() => setAsking(false)} />}
    </>
  );
}

async function logOut(): Promise<void> {
  await call('DELETE', '/api/session');
  window.location.assign('/login');
}
