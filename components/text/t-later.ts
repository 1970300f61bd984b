import { ui } from '@/lib/domain/text/en/ui';
import { uiLater } from '@/lib/domain/text/en/ui-later';
import { addTexts } from './catalogue';
import { texts } from './texts';

const both = { ...ui, ...uiLater };
addTexts(uiLater);
/** For what opens on demand. */
export const { t, m } = texts(both);
