/** The sentence of the registration page: what is the case, why, and which button. Pure. */
import type { JocAnswer, RegisterDraft } from '@/lib/contract/joc';
import type { Slot } from '@/lib/domain/cluster/cluster';
import type { Tone } from '@/lib/domain/cluster/view';
import type { JocView } from '@/lib/domain/joc/view';
import type { Message } from '@/lib/domain/text/message';
import { type FieldId, type Form, nameToGive, targetsOf, withoutOther, wrongOf } from './form-model';
import { m, t } from './t';
import { failing, failingFrom, isTesting, reached, refusesJoc, type Tests, testKey } from './test-model';

export interface Said {
  readonly tone: Tone;
  readonly title: Message;
  readonly why?: Message;
  readonly action?:
    | { readonly kind: 'field'; readonly field: FieldId }
    | { readonly kind: 'connect' }
    | { readonly kind: 'follow'; readonly view: JocView }
    | { readonly kind: 'again' };
}
const slotWord = (slot: Slot): string => t(`ui.slot.${slot}`);

/** The JOC that is meant: the chosen one, the registered one, or the only one. */
export const jocOf = (d: RegisterDraft): JocAnswer | undefined =>
  d.jocs.find(({ id }) => id === (d.jocId ?? d.registered?.jocId)) ?? (d.jocs.length === 1 ? d.jocs[0] : undefined);

/** Registered in JOC Cockpit by somebody else: Handover does not know how it shall follow. */
export const isForeign = (d: RegisterDraft): boolean =>
  d.registered === undefined && (d.view?.registered === 'yes' || jocOf(d)?.facts?.controllerIds.includes(d.controllerId) === true);

/** Why JOC itself keeps a registration from being made or changed. */
export function jocTrouble(d: RegisterDraft): Said | undefined {
  const joc = jocOf(d);
  if (d.jocs.length === 0) return { tone: 'warn', title: m('ui.reg.v.none'), why: m('ui.reg.v.none.why'), action: { kind: 'connect' } };
  if (!joc) return undefined;
  if (joc.state === 'down' || !joc.facts)
    return { tone: 'unknown', title: m('ui.reg.v.silent', { joc: joc.name }), why: m('ui.reg.v.silent.why'), action: { kind: 'again' } };
  if (!joc.facts.active)
    return { tone: 'bad', title: m('ui.reg.v.standby', { joc: joc.name }), why: m('ui.reg.v.standby.why'), action: { kind: 'connect' } };
  if (joc.facts.mayManage === 'no')
    return {
      tone: 'bad',
      title: m('ui.reg.v.forbidden', { user: joc.user }),
      why: m('ui.reg.v.forbidden.why'),
      action: { kind: 'connect' },
    };
  return undefined;
}

/** Registered: how it stands. `proved` = seen to follow since the form was sent. */
export function saidOfRegistered(d: RegisterDraft, view: JocView): Said {
  const joc = view.name;
  if (view.freshness.state === 'lost')
    return {
      tone: 'unknown',
      title: m('ui.reg.v.silent', { joc }),
      why: view.error ?? m('ui.reg.v.silent.why'),
      action: { kind: 'again' },
    };
  if (view.registered === 'no') return { tone: 'bad', title: m('ui.reg.v.gone'), why: m('ui.reg.v.gone.why') };
  if (view.toFollow)
    return {
      tone: 'warn',
      title: m('ui.reg.v.behind', { live: slotWord(view.toFollow.slot) }),
      why: view.toFollow.note,
      action: { kind: 'follow', view },
    };
  const differs = view.drift.filter(({ verdict }) => verdict === 'differs').length;
  if (differs > 0)
    return {
      tone: 'warn',
      title: differs === 1 ? m('ui.reg.v.drift.one') : m('ui.reg.v.drift.many', { n: differs }),
      why: m('ui.reg.v.drift.why'),
    };
  if (d.registered?.follow.kind === 'cluster')
    return { tone: 'ok', title: m('ui.reg.v.well.cluster', { joc }), why: m('ui.reg.v.well.why') };
  const follows = view.says.find(({ proxy }) => proxy === 'follows');
  if (!follows) return { tone: 'unknown', title: m('ui.reg.v.unproved', { joc }), why: m('ui.reg.v.unproved.why') };
  return { tone: 'ok', title: m('ui.reg.v.well', { joc, live: slotWord(follows.slot) }), why: m('ui.reg.v.well.why') };
}

/** A form that stands open: may it be sent? `change` = there is a registration already. */
export function saidOfForm(d: RegisterDraft, form: Form, tests: Tests, change: boolean): Said {
  const joc = jocOf(d)?.name ?? '';
  if (!d.autonomous.possible && !d.cluster.possible)
    return { tone: 'bad', title: m('ui.reg.v.impossible'), why: d.autonomous.note, action: { kind: 'again' } };
  const targets = targetsOf(form, d);
  if (isTesting(targets, tests)) return { tone: 'run', title: m('ui.reg.v.testing'), why: m('ui.reg.v.testing.why') };
  const toGive = nameToGive(form, d) !== 'no';
  const [first] = failing(targets, tests);
  if (first) {
    const { better } = tests[testKey(first.which, first.url)]?.answer ?? {};
    const which = t(`ui.reg.which.${first.which}`);
    const figures = reached(targets, tests);
    return {
      tone: 'bad',
      title: failingFrom(first, tests).includes('joc') ? m('ui.reg.v.unreached', { which }) : m('ui.reg.v.peer', { which }),
      why: better?.tested === 'pass' ? m('ui.reg.v.unreached.why.better', figures) : m('ui.reg.v.unreached.why', figures),
      action: { kind: 'field', field: first.field },
    };
  }
  const [wrong] = [...wrongOf(form, d.forceReasons)].filter(([, what]) => what !== 'reason');
  if (wrong)
    return { tone: 'warn', title: m('ui.reg.v.missing'), why: m('ui.reg.need.fields'), action: { kind: 'field', field: wrong[0] } };
  if (change) return { tone: 'ok', title: m('ui.reg.v.ready.change'), why: m('ui.reg.v.ready.why') };
  if (toGive)
    return { tone: 'ok', title: m('ui.reg.v.ready.named', { alias: { as: 'name', value: form.alias } }), why: m('ui.reg.v.ready.why') };
  return { tone: 'ok', title: m('ui.reg.v.ready', { joc }), why: m('ui.reg.v.ready.why') };
}

export const NEEDS = [
  'role',
  'joc',
  'type',
  'way',
  'fields',
  'testing',
  'unreached',
  'licence',
  'passwords',
  'interrupt',
  'spelling',
  'reason',
] as const;
export type Need = (typeof NEEDS)[number];
/** What still keeps the form from being sent, the first of it; undefined = it may be pressed. */
export function needOf(d: RegisterDraft, form: Form, tests: Tests, o: { may: boolean; licensed: boolean }): Need | undefined {
  const wrong = wrongOf(form, d.forceReasons);
  const targets = targetsOf(form, d);
  const give = nameToGive(form, d);
  const unmet: Record<Need, boolean> = {
    role: !o.may,
    joc: jocOf(d) === undefined || jocTrouble(d) !== undefined,
    type: !(form.type === 'cluster' ? d.cluster : d.autonomous).possible,
    way: form.type === 'autonomous' && !d.ways.some(({ kind, possible }) => kind === form.way && possible),
    fields: [...wrong.values()].some((what) => what !== 'reason'),
    testing: isTesting(targets, tests),
    unreached: failing(targets, tests).length > 0,
    licence: form.type === 'cluster' && !o.licensed && !form.controllersLicensed,
    passwords: refusesJoc(targets, tests) && !form.otherPasswords,
    interrupt: give === 'yes' && d.live !== undefined && !form.mayInterrupt,
    spelling: withoutOther(form).length > 0 && !form.oneSpelling,
    reason: wrong.get('comment') === 'reason',
  };
  return NEEDS.find((need) => unmet[need]);
}
