'use client';
import { Ellipsis } from 'lucide-react';
import type { InstanceView } from '@/lib/domain/cluster/view';
import { Menu } from '../ui/menu';
import { t } from './t';

const load = () => import('./instance-items').then((file) => file.InstanceItems);

/** What a person can do with an instance. */
export function InstanceMenu({ instance }: { instance: InstanceView }) {
  return (
    <Menu
      button={{
        variant: 'quiet',
        size: 'icon',
        'aria-label': t('ui.instance.actions', { slot: t(`ui.slot.${instance.slot}.controller`) }),
        children: <Ellipsis aria-hidden />,
      }}
      load={load}
      of={{ instance }}
    />
  );
}
