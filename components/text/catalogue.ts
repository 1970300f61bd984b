import { clusterTexts } from '@/lib/domain/text/en/cluster';
import { person } from '@/lib/domain/text/en/person';
import { rehearsalTexts } from '@/lib/domain/text/en/rehearsal';
import { runLines } from '@/lib/domain/text/en/run-lines';
import { ui } from '@/lib/domain/text/en/ui';
import type { Catalogue } from '@/lib/domain/text/message';

/**
 * What any page can be told. Texts that only some pages need are added by those (`addTexts`); the runbook's explanations and
 * checks are added by its pages.
 */
const known: Record<string, string> = { ...clusterTexts, ...person, ...rehearsalTexts, ...runLines, ...ui };
export const catalogue: Catalogue = known;

/** At the top of a module that shows messages of an area of its own. Adding twice does nothing. */
export const addTexts = (texts: Catalogue): void => void Object.assign(known, texts);
