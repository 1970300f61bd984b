'use client';
import { KeyRound, LogOut } from 'lucide-react';
import { call } from '@/lib/client/fetcher';
import type { SessionAnswer } from '@/lib/contract/api';
import { t } from '../text/t-later';
import type { MenuButton } from '../ui/menu';
import { MenuBox } from '../ui/menu-box';

interface AccountItemsProps {
  readonly button: MenuButton;
  readonly account: SessionAnswer['account'];
  readonly onPassword: () => void;
}
export function AccountItems({ button, account, onPassword }: AccountItemsProps) {
  return (
    <MenuBox
      button={button}
      label={t('ui.account.signedIn', { name: account.name, role: t(`ui.role.${account.role}`) })}
      items={[
        { id: 'password', icon: KeyRound, label: t('ui.account.password'), onSelect: onPassword },
        { id: 'logout', icon: LogOut, label: t('ui.account.logout'), onSelect: () => void logOut() },
      ]}
    />
  );
}

async function logOut(): Promise<void> {
  await call('DELETE', '/api/session');
  window.location.assign('/login');
}
