/** The frozen plan of a set-up, made from what is wanted and what was measured. The dry run and the start use this same function. */

import { problem } from '../errors';
import type { Instance } from '../instance/instance';
import { besideOf, controllerPaths } from '../instance/paths';
import { err, ok, type Result } from '../result';
import { canonical } from '../switchover/plan';
import { plannedFiles } from './configuration';
import { environmentFor, labelsFor } from './derive';
import { engineIn, isProblem, type MeasuredPrimary, type SetupFacts } from './facts';
import type { PlannedFile, PlannedInstance, SetupPlaces, SetupPlan, SetupStepId } from './setup';
import type { CreateBoth, CreateSecondary, Placed, UseExisting, Wanted } from './wanted';

export interface Numbered {
  readonly setupId: string;
  readonly at: number;
  /** Of the cluster that create-both will make. */
  readonly newClusterId: string;
}

/** Errors say what keeps a plan from being made at all; everything else is a check's business. */
export function makeSetupPlan(wanted: Wanted, facts: SetupFacts, n: Numbered): Result<SetupPlan> {
  switch (wanted.kind) {
    case 'create-secondary':
      return secondaryPlan(wanted, facts, n);
    case 'use-existing':
      return existingPlan(wanted, facts, n);
    case 'create-both':
      return bothPlan(wanted, facts, n);
  }
}
/** What of a plan must not change between the page that a person read and the start. */
export function setupCore({ setupId: _i, createdAt: _c, clusterId, kind, existing, ...rest }: SetupPlan): string {
  const fixed = existing && { ...existing, aside: '' };
  return canonical({ ...rest, kind, ...(kind !== 'create-both' && { clusterId }), ...(fixed && { existing: fixed }) });
}

const known = (
  facts: SetupFacts,
): Result<{ cluster: NonNullable<SetupFacts['cluster']>; primary: MeasuredPrimary & { places: SetupPlaces } }> => {
  const { cluster, primary } = facts;
  if (!cluster) return err(problem('NOT_FOUND', 'There is no such cluster.'));
  if (!primary) return err(problem('INSTANCE_NOT_FOUND', 'The Primary was not looked at.'));
  if (isProblem(primary)) return err(primary);
  if (!primary.places)
    return err(
      problem('CONFIG_MISSING', `No controller.conf was found in the volumes of ${primary.instance.name}.`, {
        remedy: 'Its configuration must lie in a volume or a mounted folder.',
      }),
    );
  return ok({ cluster, primary: { ...primary, places: primary.places } });
};

function secondaryPlan(w: CreateSecondary, facts: SetupFacts, { setupId, at }: Numbered): Result<SetupPlan> {
  const found = known(facts);
  if (!found.ok) return found;
  const { cluster, primary } = found.value;
  const { instance } = primary;
  if (isProblem(primary.config)) return err(primary.config);
  const { env, secretEnv } = environmentFor(instance, w.env);
  const copy = needsCopy(facts, w.engineId, instance);
  const files = plannedFiles(primary.config);
  const made: PlannedInstance = {
    ...placed('secondary', w),
    image: instance.image,
    ...(copy && { copyImageFrom: instance.engineId }),
    ...(instance.user !== '' && { user: instance.user }),
    env,
    ...(secretEnv.length > 0 && { secretEnv }),
    labels: labelsFor(instance.labels),
    places: primary.places,
  };
  return ok({
    setupId,
    kind: w.kind,
    clusterId: cluster.id,
    clusterName: cluster.name,
    controllerId: cluster.controllerId,
    instances: [made],
    from: { engineId: instance.engineId, name: instance.name, containerId: instance.id, places: primary.places },
    ...replaced(facts),
    files,
    ...(!w.copyPublicAccess && { closePublic: true as const }),
    steps: stepsOf({ image: copy, volumes: hasVolumes([made]) }),
    createdAt: at,
  });
}

const replaced = ({ cluster }: SetupFacts): Pick<SetupPlan, 'replaces'> => (cluster?.secondary ? { replaces: cluster.secondary.ref } : {});

const placed = (slot: 'primary' | 'secondary', p: Placed) => ({
  slot,
  engineId: p.engineId,
  name: p.name,
  hostname: p.hostname,
  mounts: p.mounts.map((m) => ({ ...m, isNew: true })),
  networks: p.networks,
  ports: p.ports,
  // Whatever the Primary has: nothing may revive the spare but a person, or Handover after a switch-over.
  restartPolicy: { name: 'no' as const },
  url: p.url.replace(/\/$/, ''),
});
const needsCopy = (facts: SetupFacts, engineId: string, i: Pick<Instance, 'engineId' | 'image'>): boolean =>
  engineId !== i.engineId && !engineIn(facts, engineId)?.images.some((x) => x.digest === i.image.digest);
const hasVolumes = (made: readonly PlannedInstance[]): boolean => made.some((i) => i.mounts.some((m) => m.kind === 'volume'));

const stepsOf = (o: { image?: boolean; network?: boolean; volumes?: boolean; start?: boolean }): readonly SetupStepId[] => [
  'lock',
  ...(o.image ? (['image'] as const) : []),
  ...(o.network ? (['network'] as const) : []),
  ...(o.volumes ? (['volumes'] as const) : []),
  'container',
  'configuration',
  'fence',
  ...(o.start ? (['start'] as const) : []),
  'prove',
  'save',
  'unlock',
];

function existingPlan(w: UseExisting, facts: SetupFacts, { setupId, at }: Numbered): Result<SetupPlan> {
  const found = known(facts);
  if (!found.ok) return found;
  const { cluster } = found.value;
  const { existing } = facts;
  if (!existing) return err(problem('INSTANCE_NOT_FOUND', `There is no container ${w.name}.`));
  if (isProblem(existing)) return err(existing);
  const { instance, places, disk, owner, fingerprint } = existing;
  if (isProblem(disk)) return err(disk);
  if (!places || !owner || isProblem(disk.config))
    return err(
      isProblem(disk.config)
        ? disk.config
        : problem('CONFIG_MISSING', `No state directory or controller.conf was found in the volumes of ${w.name}.`, {
            remedy: 'Let Handover create a new Secondary instead.',
          }),
    );
  const empty = fingerprint === 'empty';
  const beside = besideOf(places.state, instance.mounts);
  return ok({
    setupId,
    kind: w.kind,
    clusterId: cluster.id,
    clusterName: cluster.name,
    controllerId: cluster.controllerId,
    instances: [],
    existing: {
      engineId: w.engineId,
      name: w.name,
      containerId: instance.id,
      stateFingerprint: fingerprint ?? 'unknown',
      url: w.access.url.replace(/\/$/, ''),
      ...(w.access.user && { user: w.access.user }),
      places,
      aside: `${beside.folder === '/' ? '' : beside.folder}/${beside.prefix}aside-setup-${setupId}`,
      ...owner,
      policy: instance.restartPolicy,
      flag: disk.config.isBackup ? 'on' : 'off',
    },
    ...replaced(facts),
    files: [],
    // The fence first: with an empty state directory and without it, whatever starts the container would begin a new journal.
    steps: ['lock', 'fence', ...(empty ? [] : (['aside'] as const)), 'prove', 'save', 'unlock'],
    createdAt: at,
  });
}

function bothPlan(w: CreateBoth, facts: SetupFacts, { setupId, at, newClusterId }: Numbered): Result<SetupPlan> {
  const homes = [w.primary.engineId, w.secondary.engineId];
  const source = facts.engines.find((e) => homes.includes(e.id) && e.images.some((i) => i.digest === w.imageDigest));
  const image = source?.images.find((i) => i.digest === w.imageDigest);
  if (!source || !image)
    return err(
      problem('IMAGE_NOT_FOUND', `None of the engines has the image ${w.imageDigest.slice(0, 19)}.`, {
        remedy: 'Pull or load it on one of them first.',
      }),
    );
  const side = (slot: 'primary' | 'secondary', p: Placed): PlannedInstance => {
    const places = placesIn(p);
    return {
      ...placed(slot, p),
      image: { ref: image.refs[0] ?? image.digest, digest: image.digest },
      ...(!engineIn(facts, p.engineId)?.images.some((i) => i.digest === image.digest) && { copyImageFrom: source.id }),
      env: { RUN_JS_ID: w.controllerId },
      labels: {},
      places,
    };
  };
  const instances = [side('primary', w.primary), side('secondary', w.secondary)];
  const home = engineIn(facts, w.primary.engineId);
  const makeNetwork = !home?.networks.some((n) => n.name === w.network);
  const files = (['primary', 'secondary'] as const).flatMap((slot): PlannedFile[] => [
    { slot, path: 'controller.conf', how: 'written' },
    { slot, path: 'private/private.conf', how: 'written' },
  ]);
  return ok({
    setupId,
    kind: w.kind,
    clusterId: newClusterId,
    clusterName: w.clusterName,
    controllerId: w.controllerId,
    instances,
    files,
    ...(makeNetwork && { makeNetwork: { engineId: w.primary.engineId, name: w.network } }),
    steps: stepsOf({
      image: instances.some((i) => i.copyImageFrom !== undefined),
      network: makeNetwork,
      volumes: hasVolumes(instances),
      start: true,
    }),
    createdAt: at,
  });
}
/** As images from 2.5.2 on have them, in the mount that fits best (domain/instance/paths.ts). */
function placesIn(p: Placed): SetupPlaces {
  const paths = controllerPaths(p.mounts.map((m) => ({ ...m, readOnly: false })));
  return { state: paths.state[0] ?? '/state', config: (paths.config[0] ?? '/config/controller.conf').replace(/\/controller\.conf$/, '') };
}
