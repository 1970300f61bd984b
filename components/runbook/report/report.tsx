'use client';
import type { RunAnswer } from '@/lib/contract/runs';
import { BeforeAfter } from './before-after';
import { Evidence } from './evidence';
import { Figures } from './figures';
import { Files } from './files';
import { Proved } from './proved';
import { ReportSteps } from './report-steps';
import { WhoAndWhy } from './who';

/** What a run leaves: outcome, downtime, before and after, what was proved, hashes, who and why. */
export function Report({ answer }: { answer: RunAnswer }) {
  const { report } = answer;
  const moved = report.files.length > 0;
  return (
    <>
      <Figures answer={answer} />
      <BeforeAfter answer={answer} />
      <div className="grid gap-6 max-tab:gap-4 items-start grid-cols-[minmax(0,1fr)] wide:grid-cols-[minmax(0,3fr)_minmax(0,2fr)]">
        <div className="grid gap-6 max-tab:gap-4 grid-cols-[minmax(0,1fr)]">
          <Proved answer={answer} />
          {moved && <Files files={report.files} />}
          <Evidence answer={answer} />
        </div>
        <div className="grid gap-6 max-tab:gap-4 grid-cols-[minmax(0,1fr)]">
          <WhoAndWhy answer={answer} />
          <ReportSteps answer={answer} />
        </div>
      </div>
    </>
  );
}
