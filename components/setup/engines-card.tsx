'use client';
import { CircleCheck, CircleQuestionMark, LoaderCircle, Plus } from 'lucide-react';
import { useRef, useState } from 'react';
import { useEngines } from '@/lib/client/use-engines';
import { useSession } from '@/lib/client/use-session';
import type { EngineAnswer } from '@/lib/contract/api';
import { Code } from '../text/code';
import { m } from '../text/t';
import { Text } from '../text/text';
import { Button } from '../ui/button';
import { Card, SectionHead } from '../ui/card';
import { EditRemove, FactTable } from '../ui/fact-table';
import { lazily } from '../ui/lazily';
import { Status } from '../ui/status';
import { t } from './t';

const EngineForm = lazily(() => import('./engine-form').then((file) => file.EngineForm));

const RemoveEngine = lazily(() => import('./remove-engine').then((file) => file.RemoveEngine));

/** The engines with their state; add, edit, test, remove. A viewer sees them and why he may not change them. */
export function EnginesCard() {
  const { data: engines } = useEngines();
  const may = useSession().may('admin');
  const [form, setForm] = useState<{ engine?: EngineAnswer }>();
  const [removing, setRemoving] = useState<EngineAnswer>();
  // The form's own button is called "Add an engine" then: two of one name could not be told apart.
  const adding = form !== undefined && form.engine === undefined;
  const add = useRef<HTMLButtonElement>(null);
  const done = () => {
    setForm(undefined);
    add.current?.focus();
  };
  return (
    <Card aria-labelledby="engines">
      <div className="flex flex-wrap items-center gap-3 px-5 max-tab:px-4 pt-4 pb-2">
        <SectionHead id="engines" title={t('ui.engines')} className="grow" />
        <Button
          ref={add}
          size="s"
          impossible={!may || adding}
          aria-describedby={may ? undefined : 'engines-role'}
          onClick={() => setForm({})}
        >
          <Plus aria-hidden />
          {t(adding ? 'ui.engine.adding' : 'ui.engine.add')}
        </Button>
      </div>
      {!may && (
        <p id="engines-role" className="px-5 max-tab:px-4 pb-2 text-meta text-ink-3">
          {t('ui.role.needsAdmin')}
        </p>
      )}
      {!engines && <p className="px-5 py-3 text-ink-2">{t('ui.loading')}</p>}
      {engines?.length === 0 && <p className="px-5 max-tab:px-4 pb-4 text-ink-2">{t('ui.engines.none')}</p>}
      {engines && engines.length > 0 && (
        <FactTable columns={[t('ui.engine'), t('ui.engine.reachedBy'), t('ui.engine.answer'), t('ui.engine.usedBy')]} actions>
          {engines.map((engine) => (
            <tr key={engine.id}>
              <td>
                <b className="text-body [overflow-wrap:anywhere]">{engine.name}</b>
                {engine.kind === 'rehearsal' && <span className="block text-meta text-ink-3">{t('ui.rehearsal.mark')}</span>}
              </td>
              <td data-label={t('ui.engine.reachedBy')}>
                <Code>{engine.address}</Code>
              </td>
              <td data-label={t('ui.engine.answer')}>
                <EngineState engine={engine} />
              </td>
              <td data-label={t('ui.engine.usedBy')}>
                {engine.clusters.length === 0 ? <span className="text-ink-3">{t('ui.engine.unused')}</span> : engine.clusters.join(', ')}
              </td>
              <td className="act">
                {may && engine.kind !== 'rehearsal' && (
                  <EditRemove
                    edit={t('ui.engine.edit', { name: engine.name })}
                    remove={t('ui.engine.remove', { name: engine.name })}
                    onEdit={() => setForm({ engine })}
                    onRemove={() => setRemoving(engine)}
                  />
                )}
              </td>
            </tr>
          ))}
        </FactTable>
      )}
      {form && <EngineForm key={form.engine?.id ?? 'new'} {...(form.engine && { engine: form.engine })} onDone={done} />}
      {removing && <RemoveEngine engine={removing} onClose={() => setRemoving(undefined)} />}
    </Card>
  );
}

function EngineState({ engine }: { engine: EngineAnswer }) {
  if (engine.state === 'up')
    return (
      <span>
        <Status tone="ok" icon={CircleCheck}>
          {t('ui.engine.answers')}
        </Status>
        {engine.version !== undefined && (
          <span className="block text-meta text-ink-3">
            {t('ui.engine.tested', { version: engine.version, api: engine.apiVersion ?? '?' })}
          </span>
        )}
      </span>
    );
  if (engine.state === 'connecting')
    return (
      <Status tone="run" icon={LoaderCircle} turning>
        {t('ui.engine.connecting')}
      </Status>
    );
  return (
    <span>
      <Status tone="unknown" icon={CircleQuestionMark}>
        {engine.since === undefined ? (
          t('ui.engine.silent')
        ) : (
          <Text of={m('ui.engine.silentSince', { at: { as: 'time', value: engine.since } })} />
        )}
      </Status>
      {engine.problem && (
        <span className="block text-meta text-ink-2">
          {engine.problem.message} {engine.problem.remedy}
        </span>
      )}
    </span>
  );
}
