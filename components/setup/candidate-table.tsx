'use client';
import { CirclePlay, CircleQuestionMark, CircleStop } from 'lucide-react';
import { Fragment } from 'react';
import type { Candidate } from '@/lib/contract/api';
import { Code } from '../text/code';
import { m } from '../text/t';
import { Text } from '../text/text';
import { Badge } from '../ui/badge';
import { cn } from '../ui/classes';
import { inputClasses } from '../ui/field';
import { idOf, keyOf } from './model';
import { t } from './t';

export type Use = 'primary' | 'secondary' | 'none';
interface Choosing {
  readonly roleOf: (candidate: Candidate) => Use;
  readonly onUse: (candidate: Candidate, use: Use) => void;
}

/** Containers that look like Controllers, with what was found out about each. With `choosing` each can be made Primary or Secondary. */
export function CandidateTable({
  candidates,
  engineName,
  choosing,
}: {
  candidates: readonly Candidate[];
  engineName?: string;
  choosing?: Choosing;
}) {
  return (
    <table className="facts min-[901px]:table-fixed">
      <thead>
        <tr>
          <th scope="col">{t('ui.found.container')}</th>
          <th scope="col" className="w-[116px]">
            {t('ui.found.state')}
          </th>
          <th scope="col" className="w-[132px]">
            {t('ui.found.controller')}
          </th>
          <th scope="col">{t('ui.found.image')}</th>
          <th scope="col">{t('ui.found.reach')}</th>
          <th scope="col">{t('ui.found.notes')}</th>
          {choosing && (
            <th scope="col" className="w-[184px]">
              {t('ui.found.use')}
            </th>
          )}
        </tr>
      </thead>
      <tbody>
        {candidates.map((candidate) => (
          <Row
            key={keyOf(candidate)}
            candidate={candidate}
            {...(engineName !== undefined && { engineName })}
            {...(choosing && { choosing })}
          />
        ))}
      </tbody>
    </table>
  );
}

function Row({ candidate, engineName, choosing }: { candidate: Candidate; engineName?: string; choosing?: Choosing }) {
  const { instance, answered } = candidate;
  const use = choosing?.roleOf(candidate) ?? 'none';
  const url = answered?.url ?? candidate.urls[0];
  return (
    <tr data-selected={use !== 'none'}>
      <td>
        <Code>{instance.name}</Code>
        {engineName !== undefined && <Small>{t('ui.found.on', { engine: engineName })}</Small>}
      </td>
      <td data-label={t('ui.found.state')}>
        <span>
          <StateBadge candidate={candidate} />
        </span>
      </td>
      <td data-label={t('ui.found.controller')}>
        <span>
          {idOf(candidate) === undefined ? t('ui.unknown') : <code>{idOf(candidate)}</code>}
          {answered?.version !== undefined && <Small>{t('ui.found.version', { version: answered.version })}</Small>}
        </span>
      </td>
      <td data-label={t('ui.found.image')}>
        <span>
          <Code>{instance.image.ref}</Code>
        </span>
      </td>
      <td data-label={t('ui.found.reach')}>
        <span>
          {url === undefined ? t('ui.found.noUrl') : <Code>{url}</Code>}
          <Small>{t(answered ? 'ui.found.answered' : 'ui.found.noAnswer')}</Small>
        </span>
      </td>
      <td data-label={t('ui.found.notes')}>
        <span className="text-ink-2">
          {[...candidate.because, ...candidate.hints].map((message, i) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a fixed list; the same hint may come twice with other parameters
            <Fragment key={i}>
              {i > 0 && '; '}
              <Text of={message} />
            </Fragment>
          ))}
        </span>
      </td>
      {choosing && (
        <td className="act">
          {candidate.usedBy !== undefined && use === 'none' ? (
            <span className="text-ink-2">{t('ui.found.usedBy', { cluster: candidate.usedBy })}</span>
          ) : (
            <select
              className={cn(inputClasses, 'w-36! max-tab:w-full! pr-1!')}
              aria-label={t('ui.found.useOf', { name: instance.name })}
              value={use}
              onChange={(e) => choosing.onUse(candidate, e.target.value as Use)}
            >
              <option value="none">{t('ui.found.use.none')}</option>
              <option value="primary">{t('ui.slot.primary')}</option>
              <option value="secondary">{t('ui.slot.secondary')}</option>
            </select>
          )}
        </td>
      )}
    </tr>
  );
}

const Small = ({ children }: { children: string }) => <span className="block text-meta text-ink-3">{children}</span>;

function StateBadge({ candidate: { instance, answered } }: { candidate: Candidate }) {
  if (instance.state === 'running')
    return (
      <Badge look={answered ? 'ok' : 'neutral'} icon={CirclePlay}>
        {t('ui.found.running')}
      </Badge>
    );
  if (instance.state === 'exited')
    return (
      <Badge look="neutral" icon={CircleStop}>
        <Text of={m('ui.found.exited', { code: instance.exitCode ?? '?' })} />
      </Badge>
    );
  return (
    <Badge
      look={instance.state === 'unknown' ? 'unknown' : 'neutral'}
      icon={instance.state === 'unknown' ? CircleQuestionMark : CircleStop}
    >
      {instance.state}
    </Badge>
  );
}
