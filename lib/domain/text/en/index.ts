/**
 * The English catalogue: one file per area, merged here. Keys are unique over all areas (text/catalogue.test.ts). A language is one such folder.
 */
import { clusterTexts } from './cluster';
import { making } from './making';
import { person } from './person';
import { readiness } from './readiness';
import { registrationTexts } from './registration';
import { rehearsalTexts } from './rehearsal';
import { runLines } from './run-lines';
import { runbookBoth } from './runbook-both';
import { runbookJournals } from './runbook-journals';
import { runbookList } from './runbook-list';
import { runbookReport } from './runbook-report';
import { runbookRetired } from './runbook-retired';
import { runbookUi } from './runbook-ui';
import { runs } from './runs';
import { setupTexts } from './setup';
import { switchover } from './switchover';
import { ui } from './ui';
import { uiCluster } from './ui-cluster';
import { uiClusters } from './ui-clusters';
import { uiEngineForm } from './ui-engine-form';
import { uiError } from './ui-error';
import { uiHelp } from './ui-help';
import { uiJoc } from './ui-joc';
import { uiJocFollow } from './ui-joc-follow';
import { uiJocs } from './ui-jocs';
import { uiLater } from './ui-later';
import { uiMaking } from './ui-making';
import { uiMakingOpen } from './ui-making-open';
import { uiMakingPage } from './ui-making-page';
import { uiPeople } from './ui-people';
import { uiRegister } from './ui-register';
import { uiRegisterPage } from './ui-register-page';
import { uiRehearsal } from './ui-rehearsal';
import { uiSetup } from './ui-setup';
import { wayBack } from './way-back';

export const AREAS = {
  cluster: clusterTexts,
  making,
  person,
  readiness,
  registration: registrationTexts,
  rehearsal: rehearsalTexts,
  runbookBoth,
  runbookReport,
  runbookList,
  runbookJournals,
  runbookRetired,
  runbookUi,
  runLines,
  runs,
  setup: setupTexts,
  switchover,
  ui,
  uiCluster,
  uiClusters,
  uiError,
  uiEngineForm,
  uiPeople,
  uiRehearsal,
  uiSetup,
  uiHelp,
  uiJoc,
  uiJocFollow,
  uiJocs,
  uiLater,
  uiMaking,
  uiMakingOpen,
  uiMakingPage,
  uiRegister,
  uiRegisterPage,
  wayBack,
} as const;

export const en: Readonly<Record<string, string>> = Object.assign({}, ...Object.values(AREAS));
