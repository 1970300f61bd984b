import { plainText } from '@/lib/domain/text/format';
import type { Message } from '@/lib/domain/text/message';
import { catalogue } from '../text/catalogue';

/** A message as plain text: for the clipboard and for searching. */
export const plain = (of: Message, o: { zone: string; now: number }): string => plainText(of, catalogue, o);
