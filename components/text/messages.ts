import { clusterTexts } from '@/lib/domain/text/en/cluster';
import { making } from '@/lib/domain/text/en/making';
import { person } from '@/lib/domain/text/en/person';
import { registrationTexts } from '@/lib/domain/text/en/registration';
import { rehearsalTexts } from '@/lib/domain/text/en/rehearsal';
import { runLines } from '@/lib/domain/text/en/run-lines';
import { runs } from '@/lib/domain/text/en/runs';
import { setupTexts } from '@/lib/domain/text/en/setup';
import { switchover } from '@/lib/domain/text/en/switchover';

/** All texts of messages that the server may send. Fetched behind the page (catalogue.ts): never import this from a page. */
export const messages = {
  ...clusterTexts,
  ...making,
  ...person,
  ...registrationTexts,
  ...rehearsalTexts,
  ...runLines,
  ...runs,
  ...setupTexts,
  ...switchover,
};
