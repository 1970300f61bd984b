import 'server-only';
/** What the pages of the wizard show, made from plan, facts and events. Pure: everything is given. */
import { composeText } from '../../adapters/yaml/compose-text';
import type { ConfigDiff, SetupAnswer, SetupOptions, SetupPlanAnswer, SetupStepAnswer } from '../../contract/setup';
import type { Cluster } from '../../domain/cluster/cluster';
import { EMULATION_LABEL } from '../../domain/cluster/discovery';
import { composeOf, setupCommands } from '../../domain/setup/by-hand';
import { certificateTodo, hideSecrets, lineDiff, minimalConf, minimalPrivateConf, nodesLines } from '../../domain/setup/configuration';
import { currentSetupStep, setupChoices } from '../../domain/setup/decide';
import { setupNames, setupTitle } from '../../domain/setup/evidence';
import { isProblem } from '../../domain/setup/facts';
import { compareRows } from '../../domain/setup/rows';
import type { SetupPlan } from '../../domain/setup/setup';
import { type SetupState, stepOf } from '../../domain/setup/state';
import { SETUP_UNDO_ORDER } from '../../domain/setup/steps';
import { tell } from '../../domain/setup/tell';
import type { Wanted } from '../../domain/setup/wanted';
import type { Message } from '../../domain/text/message';
import { count, name } from '../../domain/text/say';
import type { ImageProgress } from '../../usecases/setup/context';
import type { PreparedSetup, SetupChoices } from '../../usecases/setup/prepare';

export function optionsAnswer({ engines, proposals, licence, candidates }: SetupChoices): SetupOptions {
  return {
    engines: engines.map((e) => ({
      id: e.id,
      name: e.name,
      ...(e.problem && { problem: e.problem }),
      images: e.images.map((i) => ({ digest: i.digest, refs: i.refs, bytes: i.bytes, emulation: i.labels[EMULATION_LABEL] !== undefined })),
      networks: e.networks.map((n) => ({ name: n.name, driver: n.driver })),
      candidates: candidates(e),
    })),
    proposals: proposals as SetupOptions['proposals'],
    licence: { known: licence, note: { key: `making.licence.${licence}` } },
  };
}

export function planAnswer(wanted: Wanted, p: PreparedSetup, engineName: (id: string) => string): SetupPlanAnswer {
  const { checks, facts } = p;
  const plan = p.plan.ok ? p.plan.value : undefined;
  const against = checks.filter((c) => c.result === 'block' || c.result === 'unknown').length;
  const passed = checks.filter((c) => c.result === 'pass').length;
  return {
    ...(plan && { plan }),
    ...(!p.plan.ok && { problem: p.plan.error }),
    hash: p.hash,
    at: p.at,
    ready: p.ready,
    verdict:
      p.ready && plan
        ? ready(plan, passed, engineName)
        : { title: tell('making.verdict.not', { count: count(Math.max(1, against)) }), why: tell('making.verdict.why.not') },
    rows: plan ? compareRows(plan, facts) : [],
    diffs: plan ? diffsOf(plan, p) : [],
    copied: plan?.files.filter((f) => f.how === 'copied').length ?? 0,
    checks,
    todo: plan ? todoOf(wanted, plan) : [],
    commands: plan ? setupCommands(plan) : [],
    compose: plan && plan.instances.length > 0 ? composeText(composeOf(plan)) : '',
    undo: { key: `making.undo.${wanted.kind}` },
  };
}
function ready(plan: SetupPlan, passed: number, engineName: (id: string) => string): { title: Message; why: Message } {
  const first = plan.existing ?? plan.instances[0];
  const params = { name: name(first?.name ?? ''), engine: name(engineName(first?.engineId ?? '')), passed: count(passed) };
  return { title: { key: `making.verdict.ready.${plan.kind}`, params }, why: { key: `making.verdict.why.${plan.kind}` } };
}

const FLAG = 'js7.journal.cluster.node.is-backup = yes';
function diffsOf(plan: SetupPlan, { facts }: PreparedSetup): readonly ConfigDiff[] {
  const fence = tell('making.diff.fence');
  if (plan.existing)
    return plan.existing.flag === 'on'
      ? []
      : [{ slot: 'secondary', path: 'controller.conf', lines: [{ sign: '+', text: FLAG }], why: fence }];
  const { primary } = facts;
  if (primary && !isProblem(primary) && !isProblem(primary.config))
    return [{ slot: 'secondary', path: 'controller.conf', lines: lineDiff(primary.config.text, primary.config.next.text), why: fence }];
  const added = (text: string) =>
    text
      .trimEnd()
      .split('\n')
      .map((line) => ({ sign: '+' as const, text: hideSecrets(line) }));
  const written = tell('making.diff.written');
  return (['primary', 'secondary'] as const).flatMap((slot): ConfigDiff[] => [
    {
      slot,
      path: 'controller.conf',
      lines: added(`${minimalConf()}${slot === 'secondary' ? FLAG : ''}`),
      why: slot === 'secondary' ? fence : written,
    },
    { slot, path: 'private/private.conf', lines: added(minimalPrivateConf()), why: written },
  ]);
}
function todoOf(wanted: Wanted, plan: SetupPlan): SetupPlanAnswer['todo'] {
  const made = plan.instances[0];
  const stores = plan.files.filter((f) => f.how === 'left-out' && /\.(p12|pfx|jks|key|pem)$/i.test(f.path)).map((f) => f.path);
  const nodes = wanted.kind === 'create-secondary' ? wanted.nodes : undefined;
  return [
    ...(made && stores.length > 0 ? [certificateTodo(made, stores)] : []),
    ...(nodes ? [{ title: tell('making.todo.nodes'), commands: nodesLines(nodes) }] : []),
  ];
}

interface Around {
  readonly progress: ImageProgress | undefined;
  readonly cluster: Cluster | undefined;
  /** The cluster's run without an end. */
  readonly run: string | undefined;
}
export function setupAnswer(s: SetupState, around: Around): SetupAnswer {
  const { plan } = s;
  const hindered = undoHindered(s, around);
  const choices = setupChoices(s).filter((c) => c !== 'undo' || hindered === undefined);
  const why =
    s.phase === 'asking' && s.stopped
      ? tell(`making.stopped.${s.stopped.reason}`)
      : s.outcome === 'left-by-hand'
        ? tell('making.left', { names: name(s.kept.join(', ')) })
        : undefined;
  return {
    id: plan.setupId,
    kind: plan.kind,
    clusterId: plan.clusterId,
    clusterName: plan.clusterName,
    who: s.who,
    startedAt: s.startedAt,
    ...(s.endedAt !== undefined && { endedAt: s.endedAt }),
    state: s.phase === 'ended' ? (s.outcome ?? 'made') : s.phase === 'asking' ? 'asking' : s.mode === 'undo' ? 'undoing' : 'working',
    ...(why && { why }),
    steps: plan.steps.map((id) => stepAnswer(s, id)),
    ...(around.progress && { progress: around.progress }),
    canUndo: choices.includes('undo') || (s.phase === 'asking' && s.mode === 'undo'),
    undoNote:
      hindered ?? (s.outcome === 'undone' || s.outcome === 'left-by-hand' ? tell('making.undo.none') : { key: `making.undo.${plan.kind}` }),
    choices,
    names: s.outcome === 'left-by-hand' ? s.kept : s.outcome === 'undone' ? [] : setupNames(plan),
  };
}
/** What was made may be in use by now. */
function undoHindered(s: SetupState, { cluster, run }: Around): Message | undefined {
  if (s.phase !== 'ended' || s.outcome !== 'made') return undefined;
  if (run !== undefined) return tell('making.undo.switch');
  return cluster?.joc?.follow.kind === 'cluster' ? tell('making.undo.cluster') : undefined;
}
function stepAnswer(s: SetupState, id: SetupPlan['steps'][number]): SetupStepAnswer {
  const st = stepOf(s, id);
  const undone = st.undo === 'succeeded' && (SETUP_UNDO_ORDER as readonly string[]).includes(id);
  const working = s.phase === 'working' && currentSetupStep(s) === id;
  const progress = st.do;
  const state = undone
    ? ('undone' as const)
    : working
      ? ('working' as const)
      : progress === 'succeeded'
        ? ('done' as const)
        : progress === 'failed'
          ? ('failed' as const)
          : progress === 'open'
            ? s.phase === 'ended' || s.mode === 'undo'
              ? ('skipped' as const)
              : ('open' as const)
            : ('unknown' as const);
  return {
    id,
    title: setupTitle(id, s.plan),
    state,
    evidence: st.evidence,
    ...(st.problem && { problem: st.problem }),
    ...(st.startedAt !== undefined && { startedAt: st.startedAt }),
    ...(st.endedAt !== undefined && { endedAt: st.endedAt }),
  };
}
