import type { LinkView } from '@/lib/domain/cluster/view';
import { Text } from '../text/text';
import { cn } from '../ui/classes';
import { TIE_ICON } from './icons';
import { TIE_TONE } from './model';

/** A line of the picture: pattern, mark and word; colour last. */
export function Tie({ link, className }: { link: LinkView; className?: string }) {
  const Icon = TIE_ICON[link.kind];
  return (
    <div className={cn('tie', `tie-${TIE_TONE[link.kind]}`, className)} data-kind={link.kind}>
      <svg className="ln" aria-hidden="true">
        <line className="flat" x1="0" y1="50%" x2="100%" y2="50%" />
        <line className="upright" x1="50%" y1="0" x2="50%" y2="100%" />
      </svg>
      {Icon && (
        <span className="mark">
          <Icon aria-hidden className="size-4" />
        </span>
      )}
      <span className="word">
        <Text of={link.label} />
      </span>
    </div>
  );
}
