'use client';
import { Plus } from 'lucide-react';
import { useRef, useState } from 'react';
import { useJocs } from '@/lib/client/use-jocs';
import { useSession } from '@/lib/client/use-session';
import type { JocAnswer } from '@/lib/contract/joc';
import { Code } from '../../text/code';
import { Button } from '../../ui/button';
import { Card, SectionHead } from '../../ui/card';
import { lazily } from '../../ui/lazily';
import { Licence } from './facts';
import { JocState } from './joc-state';
import { levelWord } from './level';
import { RemoveJoc } from './remove-joc';
import { t } from './t';

const JocForm = lazily(() => import('./joc-form').then((file) => file.JocForm));

/** The JOC Cockpits that Handover is connected to; add, edit, test, remove. */
export function JocsCard() {
  const { data: jocs } = useJocs();
  const may = useSession().may('admin');
  const [form, setForm] = useState<{ joc?: JocAnswer }>();
  const [removing, setRemoving] = useState<JocAnswer>();
  const adding = form !== undefined && form.joc === undefined;
  const add = useRef<HTMLButtonElement>(null);
  const done = () => {
    setForm(undefined);
    add.current?.focus();
  };
  return (
    <Card aria-labelledby="jocs">
      <div className="flex flex-wrap items-center gap-3 px-5 max-tab:px-4 pt-4 pb-2">
        <SectionHead id="jocs" title={t('ui.jocs')} className="grow scroll-mt-4" />
        <Button ref={add} size="s" impossible={!may || adding} aria-describedby={may ? undefined : 'jocs-role'} onClick={() => setForm({})}>
          <Plus aria-hidden />
          {t(adding ? 'ui.jocs.adding' : 'ui.jocs.add')}
        </Button>
      </div>
      {!may && (
        <p id="jocs-role" className="px-5 max-tab:px-4 pb-2 text-meta text-ink-3">
          {t('ui.role.needsAdmin')}
        </p>
      )}
      {!jocs && <p className="px-5 py-3 text-ink-2">{t('ui.loading')}</p>}
      {jocs?.length === 0 && <p className="px-5 max-tab:px-4 pb-4 text-ink-2">{t('ui.jocs.none')}</p>}
      {jocs && jocs.length > 0 && (
        <table className="facts">
          <thead>
            <tr>
              <th scope="col">{t('ui.jocs.url')}</th>
              <th scope="col">{t('ui.jocs.account')}</th>
              <th scope="col">{t('ui.jocs.status')}</th>
              <th scope="col">{t('ui.jocs.licence')}</th>
              <th scope="col">{t('ui.jocs.clusters')}</th>
              <th scope="col">
                <span className="sr-only">{t('ui.actions')}</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {jocs.map((joc) => (
              <Row key={joc.id} joc={joc} may={may} onEdit={() => setForm({ joc })} onRemove={() => setRemoving(joc)} />
            ))}
          </tbody>
        </table>
      )}
      {form && (
        <JocForm
          key={form.joc?.id ?? 'new'}
          {...(form.joc && { joc: form.joc })}
          onDone={done}
          className="px-5 max-tab:px-4 py-4 border-t border-line bg-sunken/45 rounded-b-l"
        />
      )}
      {removing && <RemoveJoc joc={removing} onClose={() => setRemoving(undefined)} />}
    </Card>
  );
}

function Row({ joc, may, onEdit, onRemove }: { joc: JocAnswer; may: boolean; onEdit: () => void; onRemove: () => void }) {
  const { facts, problem } = joc;
  return (
    <tr>
      <td>
        <b className="block text-body [overflow-wrap:anywhere]">{joc.name}</b>
        <Code>{joc.url}</Code>
      </td>
      <td data-label={t('ui.jocs.account')}>
        <span>
          <b>{joc.user}</b>
          {facts && <span className="block text-meta text-ink-3">{t(`ui.jocs.manage.${facts.mayManage}`)}</span>}
        </span>
      </td>
      <td data-label={t('ui.jocs.status')}>
        <span>
          <JocState joc={joc} />
          {facts && joc.state === 'up' && (
            <span className="block text-meta text-ink-3">
              {facts.securityLevel === undefined
                ? facts.version
                : t('ui.jocs.version', { version: facts.version, level: levelWord(facts.securityLevel) })}
            </span>
          )}
          {problem && joc.state === 'down' && (
            <span className="block text-meta text-ink-2">
              {problem.message} {problem.remedy}
            </span>
          )}
        </span>
      </td>
      <td data-label={t('ui.jocs.licence')}>
        {facts ? (
          <span>
            <Licence of={facts.licence} />
          </span>
        ) : (
          <span className="text-ink-3">{t('ui.jocs.licence.unknown')}</span>
        )}
      </td>
      <td data-label={t('ui.jocs.clusters')}>
        {joc.clusters.length === 0 ? <span className="text-ink-3">{t('ui.jocs.unused')}</span> : joc.clusters.join(', ')}
      </td>
      <td className="act">
        {may && (
          <span className="inline-flex gap-2">
            <Button size="s" onClick={onEdit} aria-label={t('ui.jocs.edit', { name: joc.name })}>
              {t('ui.edit')}
            </Button>
            <Button size="s" variant="danger-quiet" onClick={onRemove} aria-label={t('ui.jocs.remove', { name: joc.name })}>
              {t('ui.remove')}
            </Button>
          </span>
        )}
      </td>
    </tr>
  );
}
