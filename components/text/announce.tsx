'use client';
import { useEffect, useState } from 'react';
import { plainText } from '@/lib/domain/text/format';
import type { Message } from '@/lib/domain/text/message';
import { catalogue, loadTexts } from './catalogue';
import { useZone } from './viewer';

const QUIET_AFTER_MS = 8_000;

/** What makes two messages different to a listener: words and names, never a time that goes on. */
export const sameNews = (messages: readonly Message[]): string =>
  JSON.stringify(
    messages.map(({ key, params = {} }) => [
      key,
      ...Object.values(params).map((p) => (typeof p !== 'object' ? p : p.as === 'name' || p.as === 'code' ? p.value : '')),
    ]),
  );

/** Says it to a screen reader when it has changed; an urgent one also when the page opens with it. The seconds that tick in the visible text are never read out. */
export function Announce({ messages, urgent }: { messages: readonly Message[]; urgent: boolean }) {
  const zone = useZone();
  const news = sameNews(messages);
  const [first] = useState(news);
  const [said, setSaid] = useState('');
  // biome-ignore lint/correctness/useExhaustiveDependencies: spoken once per piece of news, with the times of that moment
  useEffect(() => {
    if (news === first && !urgent) return;
    let quiet: ReturnType<typeof setTimeout> | undefined;
    let over = false;
    const speak = () => {
      if (over) return;
      setSaid(messages.map((message) => plainText(message, catalogue, { zone, now: Date.now() })).join(' '));
      quiet = setTimeout(() => setSaid(''), QUIET_AFTER_MS);
    };
    if (messages.every(({ key }) => catalogue[key] !== undefined)) speak();
    else void loadTexts().then(speak);
    return () => {
      over = true;
      clearTimeout(quiet);
    };
  }, [news, urgent]);
  return (
    <>
      <p role="status" className="sr-only">
        {urgent ? '' : said}
      </p>
      <p role="alert" className="sr-only">
        {urgent ? said : ''}
      </p>
    </>
  );
}
