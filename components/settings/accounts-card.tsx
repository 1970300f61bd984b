'use client';
import { Check, Minus, Plus } from 'lucide-react';
import { useState } from 'react';
import { useAccounts, useSession } from '@/lib/client/use-session';
import type { AccountAnswer } from '@/lib/contract/api';
import { m } from '../text/t';
import { t } from '../text/t-people';
import { Text } from '../text/text';
import { Button } from '../ui/button';
import { Card, SectionHead } from '../ui/card';
import { ConfirmCall } from '../ui/confirm-call';
import { EditRemove, FactTable } from '../ui/fact-table';
import { lazily } from '../ui/lazily';
import { ProblemAlert } from '../ui/problem';

const AccountForm = lazily(() => import('./account-form').then((file) => file.AccountForm));

/** Who may log in, and what each role may. Only an admin sees the accounts of others. */
export function AccountsCard() {
  const session = useSession();
  const may = session.may('admin');
  return (
    <Card aria-labelledby="accounts">
      {may ? (
        <Accounts me={session.data?.account.name} />
      ) : (
        <div className="px-5 max-tab:px-4 pt-4 pb-3 grid gap-1">
          <SectionHead id="accounts" title={t('ui.accounts')} />
          <p className="text-ink-2">{t('ui.accounts.adminOnly')}</p>
        </div>
      )}
      <RoleTable />
    </Card>
  );
}

function Accounts({ me }: { me: string | undefined }) {
  const { data, error, refresh } = useAccounts();
  const [form, setForm] = useState<{ account?: AccountAnswer }>();
  const [removing, setRemoving] = useState<AccountAnswer>();
  return (
    <>
      <div className="flex flex-wrap items-center gap-3 px-5 max-tab:px-4 pt-4 pb-2">
        <SectionHead id="accounts" title={t('ui.accounts')} className="grow" />
        <Button size="s" onClick={() => setForm({})}>
          <Plus aria-hidden />
          {t('ui.account.add')}
        </Button>
      </div>
      {error && !data && (
        <div className="px-5 pb-4">
          <ProblemAlert problem={error} />
        </div>
      )}
      {!data && !error && <p className="px-5 max-tab:px-4 min-h-[92px] text-ink-2">{t('ui.loading')}</p>}
      {data && (
        <FactTable columns={[t('ui.account'), t('ui.account.role'), t('ui.account.lastLogin'), t('ui.account.created')]} actions>
          {data.map((account) => (
            <tr key={account.name}>
              <td>
                <b className="text-body [overflow-wrap:anywhere]">{account.name}</b>
                {account.name === me && <span className="block text-meta text-ink-3">{t('ui.account.you')}</span>}
              </td>
              <td data-label={t('ui.account.role')}>{t(`ui.role.${account.role}`)}</td>
              <td data-label={t('ui.account.lastLogin')}>
                {account.lastLoginAt === undefined ? (
                  t('ui.account.never')
                ) : (
                  <span>
                    <Text of={m('ui.at', { at: { as: 'time', value: account.lastLoginAt } })} />
                  </span>
                )}
              </td>
              <td data-label={t('ui.account.created')}>
                <span>
                  <Text of={m('ui.at', { at: { as: 'time', value: account.createdAt } })} />
                </span>
              </td>
              <td className="act">
                <EditRemove
                  edit={t('ui.account.edit', { name: account.name })}
                  remove={t('ui.account.remove', { name: account.name })}
                  onEdit={() => setForm({ account })}
                  onRemove={() => setRemoving(account)}
                />
              </td>
            </tr>
          ))}
        </FactTable>
      )}
      {form && (
        <AccountForm
          key={form.account?.name ?? ''}
          {...(form.account && { account: form.account })}
          onDone={() => {
            setForm(undefined);
            void refresh();
          }}
        />
      )}
      {removing && (
        <ConfirmCall
          method="DELETE"
          path={`/api/accounts/${encodeURIComponent(removing.name)}`}
          title={t('ui.account.remove.ask', { name: removing.name })}
          button={t('ui.account.remove', { name: removing.name })}
          impossible={removing.name === me ? t('ui.account.remove.self') : undefined}
          onClose={() => {
            setRemoving(undefined);
            void refresh();
          }}
        >
          <p>{t('ui.account.remove.about')}</p>
        </ConfirmCall>
      )}
    </>
  );
}

const MAY = [
  ['ui.may.see', true, true, true],
  ['ui.may.act', false, true, true],
  ['ui.may.change', false, false, true],
] as const;

function RoleTable() {
  return (
    <table className="w-full border-collapse border-t border-line text-data">
      <caption className="sr-only">{t('ui.may')}</caption>
      <thead>
        <tr className="text-meta text-ink-2">
          <th scope="col" className="text-left font-semibold px-5 max-tab:px-4 py-2">
            {t('ui.may')}
          </th>
          {(['viewer', 'operator', 'admin'] as const).map((role) => (
            <th key={role} scope="col" className="font-semibold px-2 py-2">
              {t(`ui.role.${role}`)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {MAY.map(([what, ...who]) => (
          <tr key={what} className="border-t border-line">
            <th scope="row" className="text-left font-normal px-5 max-tab:px-4 py-2">
              {t(what)}
            </th>
            {who.map((yes, i) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: three fixed columns
              <td key={i} className="text-center">
                {yes ? <Check aria-hidden className="inline size-4 text-ok" /> : <Minus aria-hidden className="inline size-4 text-ink-3" />}
                <span className="sr-only">{t(yes ? 'ui.yes' : 'ui.no')}</span>
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
