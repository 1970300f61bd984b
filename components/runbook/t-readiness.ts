import { readiness } from '@/lib/domain/text/en/readiness';
import { addTexts } from '../text/catalogue';
import { texts } from '../text/texts';

addTexts(readiness);

/** For the line on a cluster's page. */
export const { t, m } = texts(readiness);
