'use client';
import type { JocFacts } from '@/lib/domain/joc/joc';
import { Text } from '../../text/text';
import { m, t } from './t';

/** License Type, with its end where JOC tells one. */
export function Licence({ of }: { of: JocFacts['licence'] }) {
  return (
    <>
      {t(`ui.jocs.licence.${of.type}`)}
      {of.validUntil !== undefined && of.type === 'COMMERCIAL_VALID' && (
        <>
          , <Text of={m('ui.jocs.licence.until', { at: { as: 'time', value: of.validUntil } })} />
        </>
      )}
    </>
  );
}

/** What JOC Cockpit says of itself and of the account, in two sentences. */
export function FactsSentence({ facts, user }: { facts: JocFacts; user: string }) {
  if (!facts.active) return t('ui.jocs.facts.standby', { version: facts.version });
  return (
    <>
      {t('ui.jocs.facts.active', { version: facts.version, user, may: t(`ui.jocs.manage.${facts.mayManage}`) })} {t('ui.jocs.licence')}:{' '}
      <b>
        <Licence of={facts.licence} />
      </b>
      .{' '}
      {facts.controllerIds.length === 0 ? t('ui.jocs.facts.known.none') : t('ui.jocs.facts.known', { ids: facts.controllerIds.join(', ') })}
    </>
  );
}
