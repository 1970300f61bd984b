'use client';
import { useCallback, useEffect, useRef, useState } from 'react';
import { testUrl } from '@/lib/client/use-jocs';
import type { RegisterDraft } from '@/lib/contract/joc';
import { type Form, formOf, type Target, targetsOf } from './form-model';
import { type Tested, type Tests, testKey, untested } from './test-model';
import { jocOf, jocTrouble } from './verdict-model';

export interface FormState {
  readonly form: Form;
  readonly tests: Tests;
  put(part: Partial<Form>): void;
  /** Asks from each place; answers when all have answered. */
  test(targets: readonly Target[]): Promise<Tests>;
}

/** What is typed and what was tested. What the form begins with is tested at once: a test changes nothing, and the page's first sentence rests on it. */
export function useForm(clusterId: string, draft: RegisterDraft, may: boolean): FormState {
  const [form, setForm] = useState(() => formOf(draft));
  // Another JOC, or another registration: the form begins anew. Anything else that is asked again leaves what was typed.
  const base = `${draft.jocId} ${JSON.stringify(draft.registered)} ${draft.live}`;
  const [begunWith, setBegunWith] = useState(base);
  if (begunWith !== base) {
    setBegunWith(base);
    setForm(formOf(draft));
  }
  const [tests, setTests] = useState<Tests>({});
  const latest = useRef<Tests>({});
  const jocId = jocOf(draft)?.id;

  const note = useCallback((key: string, is: Tested) => {
    latest.current = { ...latest.current, [key]: is };
    setTests(latest.current);
  }, []);
  const test = useCallback(
    async (targets: readonly Target[]) => {
      if (jocId === undefined) return latest.current;
      const asked = targets.filter(({ which, url }, i) => targets.findIndex((t) => testKey(t.which, t.url) === testKey(which, url)) === i);
      await Promise.all(
        asked.map(async ({ which, url, from }) => {
          const key = testKey(which, url);
          note(key, { busy: true });
          const peer = from.some((place) => place !== 'joc');
          const got = await testUrl(clusterId, { jocId, slot: which, url, ...(peer && { peer }) });
          note(key, got.ok ? { busy: false, answer: got.value } : { busy: false, failure: got.error });
        }),
      );
      return latest.current;
    },
    [clusterId, jocId, note],
  );

  const begun = useRef<string>(undefined);
  const ready = may && jocTrouble(draft) === undefined && jocId !== undefined;
  useEffect(() => {
    if (begun.current === base || !ready) return;
    begun.current = base;
    void test(untested(targetsOf(form, draft), latest.current));
  }, [ready, base, form, draft, test]);

  return { form, tests, put: (part) => setForm((was) => ({ ...was, ...part })), test };
}
