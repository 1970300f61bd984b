/** What a step of the way back leaves as proof: read from the look that showed its goal. */
import type { Message } from '../text/message';
import type { WayStep } from './events';
import type { WayState } from './state';
import type { WayWorld } from './steps';

const code = (value: string) => ({ as: 'code' as const, value });
const name = (value: string) => ({ as: 'name' as const, value });
const point = (s: WayWorld['source']): string => (s.state.kind === 'journal' ? String(s.state.lastEventId) : '?');

export function evidenceOfWay(step: WayStep, { plan }: WayState, { source, target }: WayWorld): readonly Message[] {
  const sides = { kept: name(plan.target.ref.name), aside: name(plan.source.ref.name) };
  switch (step) {
    case 'stop':
      return [{ key: 'way.evidence.stop', params: { ...sides, keptEvent: code(point(target)), asideEvent: code(point(source)) } }];
    case 'keep':
      return [{ key: 'way.evidence.keep', params: { ...sides, flag: code(source.flag) } }];
    case 'start':
      return [
        {
          key: 'way.evidence.start',
          params: { ...sides, event: code(String(target.live?.lastEventId ?? '?')), orders: target.live?.orderCount ?? '?' },
        },
      ];
    default:
      return [{ key: `way.evidence.${step}` }];
  }
}
