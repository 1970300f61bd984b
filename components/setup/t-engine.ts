import { uiEngineForm } from '@/lib/domain/text/en/ui-engine-form';
import { uiSetup } from '@/lib/domain/text/en/ui-setup';
import { area } from '../text/area';

/** For the form of one engine. */
export const { t, counted } = area({ ...uiSetup, ...uiEngineForm });
