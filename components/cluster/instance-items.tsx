'use client';
import { CirclePlay, CircleStop, FileText, type LucideIcon } from 'lucide-react';
import { useSession } from '@/lib/client/use-session';
import type { InstanceAction, InstanceView } from '@/lib/domain/cluster/view';
import { Text } from '../text/text';
import type { MenuButton } from '../ui/menu';
import { MenuBox } from '../ui/menu-box';
import { useActs } from './acts';
import { t } from './t';

const ICON: Record<InstanceAction['kind'], LucideIcon> = { start: CirclePlay, stop: CircleStop, logs: FileText };

/** Impossible items stay, with the reason under them. */
export function InstanceItems({ button, instance }: { button: MenuButton; instance: InstanceView }) {
  const { ask, showLogs } = useActs();
  const mayAct = useSession().may('operator');
  return (
    <MenuBox
      button={button}
      items={instance.actions.map(({ kind, allowed, note }) => {
        const forbidden = kind !== 'logs' && !mayAct;
        return {
          id: kind,
          icon: ICON[kind],
          label: t(`ui.act.${kind}`),
          danger: kind === 'stop',
          impossible: !allowed || forbidden,
          ...(forbidden ? { note: t('ui.role.needsOperator') } : note && { note: <Text of={note} /> }),
          onSelect: () => (kind === 'logs' ? showLogs(instance.slot) : ask(kind, instance.slot)),
        };
      })}
    />
  );
}
