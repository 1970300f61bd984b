/**
 * The English catalogue: one file per area, merged here. Keys are unique over all areas (text/catalogue.test.ts). A language is one such folder.
 */
import { clusterTexts } from './cluster';
import { person } from './person';
import { readiness } from './readiness';
import { rehearsalTexts } from './rehearsal';
import { runLines } from './run-lines';
import { runbookBoth } from './runbook-both';
import { runbookPast } from './runbook-past';
import { runbookUi } from './runbook-ui';
import { runs } from './runs';
import { setupTexts } from './setup';
import { switchover } from './switchover';
import { ui } from './ui';
import { uiError } from './ui-error';
import { uiForms } from './ui-forms';
import { uiHelp } from './ui-help';
import { uiLater } from './ui-later';

export const AREAS = {
  cluster: clusterTexts,
  person,
  readiness,
  rehearsal: rehearsalTexts,
  runbookBoth,
  runbookPast,
  runbookUi,
  runLines,
  runs,
  setup: setupTexts,
  switchover,
  ui,
  uiError,
  uiForms,
  uiHelp,
  uiLater,
} as const;

export const en: Readonly<Record<string, string>> = Object.assign({}, ...Object.values(AREAS));
