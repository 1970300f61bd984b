import { runbookPast } from '@/lib/domain/text/en/runbook-past';
import { runbookUi } from '@/lib/domain/text/en/runbook-ui';
import { runs } from '@/lib/domain/text/en/runs';
import { switchover } from '@/lib/domain/text/en/switchover';
import { ui } from '@/lib/domain/text/en/ui';
import type { ParamNames } from '@/lib/domain/text/say';
import { addTexts } from '../text/catalogue';
import { texts } from '../text/texts';

addTexts({ ...switchover, ...runs, ...runbookUi, ...runbookPast });

const both = { ...ui, ...runbookUi, ...runbookPast };
export type RunbookKey = keyof typeof both;
/** Texts without parameters. */
export type PlainRunbookKey = { [K in RunbookKey]: [ParamNames<(typeof both)[K]>] extends [never] ? K : never }[RunbookKey];

/** For the pages of the runbook; importing this also makes the texts of steps, checks and evidence known. */
export const { t, m, counted } = texts(both);
