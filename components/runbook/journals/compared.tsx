'use client';
import type { JournalsAnswer } from '@/lib/contract/runs';
import type { ClusterView } from '@/lib/domain/cluster/view';
import { BeginWay } from './begin-way';
import { EventsBeyond } from './events-beyond';
import { FilesTable } from './files-table';
import { keeper, relationOf } from './journals-model';
import { Parting } from './parting';
import { SideBySide } from './side-by-side';
import { Twice } from './twice';
import { WayBack } from './way-back';

/** What both journals hold, beside each other; after a split brain also what may have run twice, and the way back. */
export function Compared({ answer, view }: { answer: JournalsAnswer; view: ClusterView }) {
  const parted = relationOf(answer) === 'parted';
  const keep = keeper(answer);
  return (
    <>
      {answer.secondary && answer.lastCommon && answer.sameLineage === true && <Parting answer={answer} />}
      <div className="grid gap-6 max-tab:gap-4 items-start grid-cols-[minmax(0,1fr)] wide:grid-cols-[minmax(0,2fr)_minmax(0,1fr)]">
        <div className="grid gap-6 max-tab:gap-4 grid-cols-[minmax(0,1fr)]">
          <SideBySide answer={answer} parted={parted} />
          <FilesTable answer={answer} />
          <EventsBeyond answer={answer} />
        </div>
        {parted && <Twice answer={answer} />}
      </div>
      {parted && <BeginWay id={view.id} keep={keep ?? 'primary'} />}
      {parted && keep && <WayBack answer={answer} view={view} keep={keep} />}
    </>
  );
}
