import type { LucideIcon } from 'lucide-react';
import type { ReactNode } from 'react';
import type { LinkView } from '@/lib/domain/cluster/view';
import { Text } from '../text/text';
import { cn } from '../ui/classes';
import { TIE_ICON } from './icons';
import { TIE_TONE, type TieTone } from './model';

interface TieLineProps {
  readonly tone: TieTone;
  readonly icon: LucideIcon | undefined;
  readonly kind: string;
  readonly className: string;
  readonly children: ReactNode;
}
/** A line of the picture: pattern, mark and word; colour last. */
export function TieLine({ tone, icon: Icon, kind, className, children }: TieLineProps) {
  return (
    <div className={cn('tie', `tie-${tone}`, className)} data-kind={kind}>
      <svg className="ln" aria-hidden="true">
        <line className="flat" x1="0" y1="50%" x2="100%" y2="50%" />
        <line className="upright" x1="50%" y1="0" x2="50%" y2="100%" />
      </svg>
      {Icon && (
        <span className="mark">
          <Icon aria-hidden className="size-4" />
        </span>
      )}
      <span className="word">{children}</span>
    </div>
  );
}

/** Between an instance and the Cluster Status. */
export function Tie({ link, className }: { link: LinkView; className: string }) {
  return (
    <TieLine tone={TIE_TONE[link.kind]} icon={TIE_ICON[link.kind]} kind={link.kind} className={className}>
      <Text of={link.label} />
    </TieLine>
  );
}
