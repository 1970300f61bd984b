import { setupTexts } from '@/lib/domain/text/en/setup';
import { addTexts } from '../text/catalogue';

addTexts(setupTexts);
