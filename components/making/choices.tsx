'use client';
import { Play, Undo2 } from 'lucide-react';
import { useState } from 'react';
import type { CallFailure } from '@/lib/client/fetcher';
import { chooseSetup } from '@/lib/client/use-setups';
import type { SetupAnswer } from '@/lib/contract/setup';
import { Text } from '../text/text';
import { Button } from '../ui/button';
import { Card, SectionHead } from '../ui/card';
import { lazily } from '../ui/lazily';
import { ProblemAlert } from '../ui/problem';
import { undoWord } from './progress-model';
import { t } from './t';

const UndoDialog = lazily(() => import('./undo-dialog').then((file) => file.UndoDialog));

/** How it goes on: continue, or take back what was made; where that is impossible, why. */
export function Choices({ s, may }: { s: SetupAnswer; may: boolean }) {
  const [asked, setAsked] = useState(false);
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<CallFailure>();
  const goesOn = s.choices.includes('continue');
  const undoes = s.choices.includes('undo');
  if (!goesOn && !undoes && s.undoNote === undefined) return null;
  if (s.state === 'undoing') return null;

  async function go() {
    setBusy(true);
    setFailure(undefined);
    const got = await chooseSetup(s.id, 'continue');
    setBusy(false);
    if (!got.ok) setFailure(got.error);
  }
  return (
    <Card aria-labelledby="choose" className="p-5 max-tab:p-4 grid gap-3">
      <SectionHead id="choose" title={t(s.state === 'asking' ? 'ui.make.p.choose' : 'ui.make.p.undo')} className="scroll-mt-4" />
      {goesOn && <p className="text-ink-2">{t('ui.make.p.continue.about')}</p>}
      {s.undoNote && (
        <p className="text-ink-2">
          <Text of={s.undoNote} />
        </p>
      )}
      {(goesOn || undoes) && (
        <div className="flex flex-wrap gap-2 max-tab:*:w-full">
          {goesOn && (
            <Button
              variant="primary"
              busy={busy}
              impossible={!may}
              aria-describedby={may ? undefined : 'setup-role'}
              onClick={() => void go()}
            >
              {!busy && <Play aria-hidden />}
              {t('ui.make.p.continue')}
            </Button>
          )}
          {undoes && (
            <Button
              variant="danger-quiet"
              impossible={!may}
              aria-describedby={may ? undefined : 'setup-role'}
              onClick={() => setAsked(true)}
            >
              <Undo2 aria-hidden />
              {t(undoWord(s))}
            </Button>
          )}
        </div>
      )}
      {!may && (goesOn || undoes) && (
        <p id="setup-role" className="text-meta">
          {t('ui.make.p.role')}
        </p>
      )}
      {failure && <ProblemAlert problem={failure} title={t('ui.make.p.failed')} />}
      {asked && <UndoDialog s={s} onClose={() => setAsked(false)} />}
    </Card>
  );
}
