'use client';
import { useEffect, useState } from 'react';
import { lazily } from '../ui/lazily';

const load = async () => {
  const [{ AlarmBand, BothAlive }, { NextStep }] = await Promise.all([import('./two-alive'), import('./next-step')]);
  return { AlarmBand, BothAlive, NextStep };
};
/** What a page is made of while two are alive. */
export type AlarmParts = Awaited<ReturnType<typeof load>>;

/** Of a page that begins with the alarm: the server sends them. */
const SENT: AlarmParts = {
  AlarmBand: lazily(() => import('./two-alive').then((file) => file.AlarmBand)),
  BothAlive: lazily(() => import('./two-alive').then((file) => file.BothAlive)),
  NextStep: lazily(() => import('./next-step').then((file) => file.NextStep)),
} as unknown as AlarmParts;
/** How long to wait before they are fetched again where they did not come. */
const AGAIN_MS = 2_000;

/** The parts while `on`, as soon as they are there. React would show nothing for 0.3 s where they were fetched only when shown. */
export function useAlarmParts(on: boolean): AlarmParts | undefined {
  const [parts, setParts] = useState(on ? SENT : undefined);
  const [tries, setTries] = useState(0);
  useEffect(() => {
    if (!on || parts) return;
    let over = false;
    let again: ReturnType<typeof setTimeout> | undefined;
    load().then(
      (loaded) => over || setParts(loaded),
      () => {
        if (!over) again = setTimeout(() => setTries(tries + 1), AGAIN_MS);
      },
    );
    return () => {
      over = true;
      clearTimeout(again);
    };
  }, [on, parts, tries]);
  return on ? parts : undefined;
}
