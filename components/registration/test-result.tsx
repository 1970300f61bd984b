'use client';
import { CircleCheck, CircleQuestionMark, type LucideIcon, OctagonX, PlugZap, TriangleAlert } from 'lucide-react';
import type { UrlTestAnswer, VantageResult } from '@/lib/contract/joc';
import { Code } from '../text/code';
import { Text } from '../text/text';
import { Alert } from '../ui/alert';
import { Button } from '../ui/button';
import { cn } from '../ui/classes';
import { ProblemAlert } from '../ui/problem';
import type { Form, Target } from './form-model';
import { m, t } from './t';
import { failingFrom, type Tests, testKey } from './test-model';
import { WORD_ID, Word } from './word';

const LOOK: Record<VantageResult['result'], { Icon: LucideIcon; colour: string }> = {
  pass: { Icon: CircleCheck, colour: 'text-ok' },
  warn: { Icon: TriangleAlert, colour: 'text-warn' },
  block: { Icon: OctagonX, colour: 'text-bad' },
  unknown: { Icon: CircleQuestionMark, colour: 'text-unk' },
};

interface Props {
  readonly title: string;
  /** The URLs of one block; the first is JOC's. */
  readonly targets: readonly Target[];
  readonly tests: Tests;
  readonly onTest: () => void;
  readonly onUse: (target: Target, url: string) => void;
}

/** Test Connection: from each place, in the form; why it does not work, and the URL that does. */
export function TestResult({ title, targets, tests, onTest, onUse }: Props) {
  const results = targets.map((target) => ({ target, ...(tests[testKey(target.which, target.url)] ?? { busy: false }) }));
  const busy = results.some((each) => each.busy);
  const nothing = results.every(({ answer, failure }) => !answer && !failure);
  return (
    <div className="grid gap-3 min-w-0">
      <div className="flex flex-wrap items-center justify-between gap-2">
        <h3 className="font-semibold">{t('ui.reg.test')}</h3>
        <Button size="s" busy={busy} impossible={targets.length === 0} onClick={onTest}>
          {!busy && <PlugZap aria-hidden />}
          {t('ui.reg.test.do')}
          <span className="sr-only">, {title}</span>
        </Button>
      </div>
      <div aria-live="polite" className="grid gap-3 min-w-0">
        {nothing && <p className="text-data text-ink-2">{t(busy ? 'ui.reg.test.busy' : 'ui.reg.test.none')}</p>}
        {results.map(({ target, answer, failure }) => (
          <div key={target.field} className="grid gap-3 min-w-0 empty:hidden">
            {failure && <ProblemAlert problem={failure} title={t('ui.reg.test.failed')} />}
            {answer && (
              <>
                <Places answer={answer} target={target} alone={targets.length === 1} />
                {target.notYet === undefined && failingFrom(target, tests).length > 0 && (
                  <Why answer={answer} peer={!failingFrom(target, tests).includes('joc')} onUse={(url) => onUse(target, url)} />
                )}
              </>
            )}
          </div>
        ))}
      </div>
    </div>
  );
}

function Places({ answer, target, alone }: { answer: UrlTestAnswer; target: Target; alone: boolean }) {
  const quiet = target.notYet !== undefined;
  const shown = answer.results.filter(({ from }) => from === 'handover' || from === 'joc' || target.from.includes(from));
  const bad = !quiet && shown.some(({ result, from }) => result === 'block' && from !== 'handover');
  return (
    <div className="min-w-0">
      <p className="mb-1 flex flex-wrap gap-x-2 text-meta text-ink-3">
        {!alone && <Code>{answer.url}</Code>}
        <span>
          <Text of={m('ui.reg.test.at', { at: { as: 'ago', value: answer.at } })} />
        </span>
      </p>
      <ul className={cn('border rounded-m', bad ? 'border-bad-line' : 'border-line')}>
        {shown.map(({ from, result: is, measured, code }) => {
          // A name that nobody carries yet cannot be reached, as wanted: that is no failure.
          const result = quiet && is === 'block' ? 'unknown' : is;
          const { Icon, colour } = LOOK[result];
          return (
            <li
              key={from}
              className="grid grid-cols-[16px_minmax(0,1fr)_minmax(0,1.6fr)] max-tab:grid-cols-[16px_minmax(0,1fr)] gap-x-2.5 gap-y-0.5 px-3 py-2 border-t border-line first:border-t-0 text-data"
            >
              <Icon aria-hidden className={cn('size-4 mt-0.5', colour)} />
              <b>
                {t(`ui.reg.test.from.${from}`)}
                <span className="sr-only">: {t(`ui.reg.test.${result}`)}</span>
              </b>
              <span className="text-ink-2 max-tab:col-start-2 [overflow-wrap:anywhere]">
                <Text of={measured} />
                {code !== undefined && (
                  <span className="block text-meta">
                    <Code>{code}</Code>
                  </span>
                )}
              </span>
            </li>
          );
        })}
      </ul>
      {target.notYet !== undefined && <p className="mt-1 text-meta text-ink-3">{t(`ui.reg.test.notYet.${target.notYet}`)}</p>}
    </div>
  );
}

/** Why it does not work, the likeliest first, and the next URL worth trying with the outcome of trying it. */
function Why({ answer, peer, onUse }: { answer: UrlTestAnswer; peer: boolean; onUse: (url: string) => void }) {
  const { why, better } = answer;
  if (why.length === 0 && !better) return null;
  return (
    <Alert tone="bad" title={t(peer ? 'ui.reg.test.why.peer' : 'ui.reg.test.why')} className="text-data">
      {why.map((each) => (
        <p key={JSON.stringify(each)} className="mt-1 [overflow-wrap:anywhere]">
          <Text of={each} />
        </p>
      ))}
      {better && (
        <>
          <p className="mt-1 [overflow-wrap:anywhere]">
            <Text of={better.why} /> <Code>{better.url}</Code> {t(`ui.reg.test.better.${better.tested}`)}
          </p>
          {better.tested !== 'block' && (
            <Button size="s" className="mt-2 [overflow-wrap:anywhere]" onClick={() => onUse(better.url)}>
              {t('ui.reg.use', { url: better.url })}
            </Button>
          )}
        </>
      )}
    </Alert>
  );
}

/** Do the accounts of JOC Cockpit get in? Shown once for the form: a refused password is dangerous and no test of JOC shows it. */
export function Accounts({
  answers,
  form,
  put,
  asks = true,
}: {
  answers: readonly UrlTestAnswer[];
  form: Form;
  put: (part: Partial<Form>) => void;
  /** The word is asked for once: where the live one is. */
  asks?: boolean;
}) {
  const accounts = answers.find((each) => each.accounts.length > 0)?.accounts;
  if (!accounts) return null;
  const refused = accounts.some(({ user, result }) => user === 'JOC' && (result === 'warn' || result === 'block'));
  return (
    <div className="grid gap-1.5">
      <h3 className="font-semibold">{t('ui.reg.accounts')}</h3>
      <ul className="border border-line rounded-m">
        {accounts.map(({ user, result, measured }) => {
          const { Icon, colour } = LOOK[result];
          return (
            <li
              key={user}
              className="grid grid-cols-[16px_minmax(0,1fr)_minmax(0,1.6fr)] max-tab:grid-cols-[16px_minmax(0,1fr)] gap-x-2.5 px-3 py-2 border-t border-line first:border-t-0 text-data"
            >
              <Icon aria-hidden className={cn('size-4 mt-0.5', colour)} />
              <b>
                {t('ui.reg.accounts.user', { user })}
                <span className="sr-only">: {t(`ui.reg.test.${result}`)}</span>
              </b>
              <span className="text-ink-2 max-tab:col-start-2">
                <Text of={measured} />
              </span>
            </li>
          );
        })}
      </ul>
      {refused && asks ? (
        <Word
          id={WORD_ID.passwords}
          title={t('ui.reg.accounts.refused')}
          word={t('ui.reg.accounts.word')}
          given={form.otherPasswords}
          onGive={(otherPasswords) => put({ otherPasswords })}
        >
          {t('ui.reg.accounts.why')}
        </Word>
      ) : (
        <p className="text-meta text-ink-3">{t('ui.reg.accounts.why')}</p>
      )}
    </div>
  );
}
