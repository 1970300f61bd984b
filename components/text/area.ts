import { ui } from '@/lib/domain/text/en/ui';
import type { Catalogue } from '@/lib/domain/text/message';
import { addTexts } from './catalogue';
import { texts } from './texts';

/** The functions of one area of pages: its own texts and those of the frame. Its texts become known to `<Text>`. */
export function area<C extends Catalogue>(own: C) {
  addTexts(own);
  return texts({ ...ui, ...own });
}
