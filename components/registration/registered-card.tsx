'use client';
import { useState } from 'react';
import type { RegisterDraft } from '@/lib/contract/joc';
import { SLOTS } from '@/lib/domain/cluster/cluster';
import type { JocFollow } from '@/lib/domain/joc/joc';
import type { JocView } from '@/lib/domain/joc/view';
import { Code } from '../text/code';
import { Text } from '../text/text';
import { Button } from '../ui/button';
import { Card, SectionHead } from '../ui/card';
import { Fact, Facts } from '../ui/facts';
import { lazily } from '../ui/lazily';
import { m, t } from './t';

const UnregisterDialog = lazily(() => import('./unregister-dialog').then((file) => file.UnregisterDialog));

interface Props {
  readonly clusterId: string;
  readonly draft: RegisterDraft;
  readonly view: JocView;
  readonly follow: JocFollow;
  readonly may: boolean;
  readonly onChange: () => void;
  readonly onUnregistered: () => void;
}

/** What is registered and how JOC Cockpit follows; change it, or unregister. */
export function RegisteredCard({ clusterId, draft, view, follow, may, onChange, onUnregistered }: Props) {
  const [asking, setAsking] = useState(false);
  const captions = view.says.flatMap(({ caption }) => caption ?? []);
  const urls = view.says.flatMap(({ url }) => url ?? []);
  return (
    <Card aria-labelledby="registration" className="p-5 max-tab:p-4 grid gap-4">
      <SectionHead id="registration" title={t('ui.reg.is')} />
      <Facts className="grid-cols-[128px_minmax(0,1fr)]!">
        <Fact name={t('ui.reg.is.type')}>{t(follow.kind === 'cluster' ? 'ui.reg.type.cluster' : 'ui.reg.type.autonomous')}</Fact>
        {captions.length > 0 && <Fact name={t('ui.reg.is.captions')}>{[...new Set(captions)].join(', ')}</Fact>}
        {urls.length > 0 && (
          <Fact name={t('ui.reg.is.url')}>
            {[...new Set(urls)].map((url) => (
              <span key={url} className="block">
                <Code>{url}</Code>
              </span>
            ))}
          </Fact>
        )}
        {follow.kind !== 'cluster' && <Fact name={t('ui.reg.is.way')}>{t(`ui.reg.way.${follow.kind}`)}</Fact>}
        {follow.kind === 'name' && (
          <Fact name={t('ui.reg.is.alias')}>
            <Text
              of={m('ui.reg.is.aliasIn', { alias: { as: 'name', value: follow.alias }, network: { as: 'name', value: follow.network } })}
            />
          </Fact>
        )}
        {follow.kind === 'update' && (
          <Fact name={t('ui.reg.is.urls')}>
            {SLOTS.map((slot) => (
              <span key={slot} className="block">
                {t(`ui.slot.${slot}`)}:{' '}
                {(follow.urls[slot] ?? []).map((url, i) => (
                  <span key={url}>
                    {i > 0 && ', '}
                    <Code>{url}</Code>
                  </span>
                ))}
              </span>
            ))}
          </Fact>
        )}
      </Facts>
      {may && (
        <div className="flex flex-wrap gap-2 max-tab:*:w-full">
          <Button onClick={onChange}>{t('ui.reg.change')}</Button>
          <Button variant="danger-quiet" onClick={() => setAsking(true)}>
            {t('ui.reg.unregister.do', { id: draft.controllerId })}
          </Button>
        </div>
      )}
      {asking && (
        <UnregisterDialog
          clusterId={clusterId}
          draft={draft}
          joc={view.name}
          onClose={(done) => {
            setAsking(false);
            if (done) onUnregistered();
          }}
        />
      )}
    </Card>
  );
}
