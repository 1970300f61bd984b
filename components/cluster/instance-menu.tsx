'use client';
import { CirclePlay, CircleStop, Ellipsis, FileText, type LucideIcon } from 'lucide-react';
import { useSession } from '@/lib/client/use-session';
import type { InstanceAction, InstanceView } from '@/lib/domain/cluster/view';
import { t } from '../text/t';
import { Text } from '../text/text';
import { Button } from '../ui/button';
import { Menu, MenuItem } from '../ui/menu';
import { useActs } from './acts';

const ICON: Record<InstanceAction['kind'], LucideIcon> = { start: CirclePlay, stop: CircleStop, logs: FileText };

/** What a person can do with an instance. Impossible items stay, with the reason under them. */
export function InstanceMenu({ instance }: { clusterId: string; instance: InstanceView }) {
  const { ask, showLogs } = useActs();
  const mayAct = useSession().may('operator');
  return (
    <Menu
      trigger={
        <Button variant="quiet" size="icon" aria-label={t('ui.instance.actions', { slot: t(`ui.slot.${instance.slot}.controller`) })}>
          <Ellipsis aria-hidden />
        </Button>
      }
    >
      {instance.actions.map(({ kind, allowed, note }) => {
        const forbidden = kind !== 'logs' && !mayAct;
        return (
          <MenuItem
            key={kind}
            icon={ICON[kind]}
            danger={kind === 'stop'}
            impossible={!allowed || forbidden}
            note={forbidden ? t('ui.role.needsOperator') : note && <Text of={note} />}
            onSelect={() => (kind === 'logs' ? showLogs(instance.slot) : ask(kind, instance.slot))}
          >
            {t(`ui.act.${kind}`)}
          </MenuItem>
        );
      })}
    </Menu>
  );
}
