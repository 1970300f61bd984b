'use client';
import { Sides } from './sides';
import { Steps } from './steps';
import type { Way } from './way-model';

/** Both instances as they are seen, and the steps. */
export function Checklist(props: {
  readonly clusterId: string;
  readonly answer: Way;
  readonly may: boolean;
  readonly again: () => Promise<void>;
}) {
  return (
    <>
      <Sides answer={props.answer} />
      <Steps {...props} />
    </>
  );
}
