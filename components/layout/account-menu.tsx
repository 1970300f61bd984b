'use client';
import { User } from 'lucide-react';
import { useState } from 'react';
import { useSession } from '@/lib/client/use-session';
import { t } from '../text/t';
import { lazily } from '../ui/lazily';
import { Menu } from '../ui/menu';

const OwnPassword = lazily(() => import('../settings/own-password').then((file) => file.OwnPassword));
const load = () => import('./account-items').then((file) => file.AccountItems);

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
        load={load}
        of={{ account, onPassword: () => setAsking(true) }}
      />
      {asking && <OwnPassword onClose={() => setAsking(false)} />}
    </>
  );
}
