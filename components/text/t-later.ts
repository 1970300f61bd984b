import { ui } from '@/lib/domain/text/en/ui';
import { uiLater } from '@/lib/domain/text/en/ui-later';
import type { ParamNames } from '@/lib/domain/text/say';
import { addTexts } from './catalogue';
import { texts } from './texts';

const both = { ...ui, ...uiLater };
addTexts(uiLater);
export type LaterKey = keyof typeof both;
/** Texts without parameters. */
export type PlainLaterKey = { [K in LaterKey]: [ParamNames<(typeof both)[K]>] extends [never] ? K : never }[LaterKey];

/** For what opens on demand. */
export const { t, m } = texts(both);
