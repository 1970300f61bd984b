'use client';
import type { SetupOptions } from '@/lib/contract/setup';
import { Card, SectionHead } from '../ui/card';
import { type BothForm, bothForm, isBoth, isControllerId } from './form-model';
import { Choose, Line } from './line';
import { PlacedFields } from './placed-fields';
import { t } from './t';

const SLOTS = ['primary', 'secondary'] as const;

/** Name, ID, image and network of a pair, and where each of the two gets its place. */
export function BothFields({ form, put, options }: { form: BothForm; put: (form: BothForm) => void; options: SetupOptions }) {
  const images = new Map(options.engines.flatMap((e) => e.images.map((i) => [i.digest, i] as const)));
  const known = options.proposals.filter(isBoth).map((p) => p.imageDigest);
  return (
    <>
      <Card aria-labelledby="cluster" className="p-5 max-tab:p-4 grid gap-4">
        <SectionHead id="cluster" title={t('ui.make.cluster')} />
        <div className="grid gap-4 tab:grid-cols-2">
          <Line
            label={t('ui.make.cluster.name')}
            value={form.clusterName}
            hint={t('ui.make.cluster.name.hint')}
            wrong={form.clusterName.trim() === '' && t('ui.make.cluster.name.bad')}
            onChange={(clusterName) => put({ ...form, clusterName })}
          />
          <Line
            label={t('ui.make.cluster.id')}
            value={form.controllerId}
            hint={t('ui.make.cluster.id.hint')}
            wrong={!isControllerId(form.controllerId) && t('ui.make.cluster.id.bad')}
            onChange={(controllerId) => put({ ...form, controllerId })}
          />
          <Choose
            label={t('ui.make.cluster.image')}
            value={form.imageDigest}
            options={[...new Set([form.imageDigest, ...known])].map((digest) => {
              const image = images.get(digest);
              const ref = image?.refs[0] ?? digest;
              return { value: digest, text: image?.emulation === true ? t('ui.make.cluster.image.emulated', { ref }) : ref };
            })}
            onChange={(imageDigest) => put({ ...form, imageDigest })}
          />
          <Line
            label={t('ui.make.cluster.network')}
            value={form.network}
            hint={t('ui.make.cluster.network.hint')}
            onChange={(network) => put({ ...form, network })}
          />
        </div>
      </Card>
      <div className="grid gap-6 max-tab:gap-4 items-start grid-cols-[minmax(0,1fr)] wide:grid-cols-2">
        {SLOTS.map((slot) => (
          <Card key={slot} aria-labelledby={`of-${slot}`} className="p-5 max-tab:p-4 grid gap-4">
            <SectionHead id={`of-${slot}`} title={t(`ui.make.change.of.${slot}`)} />
            <PlacedFields
              form={form[slot]}
              put={(part) => put({ ...form, [slot]: { ...form[slot], ...part } })}
              options={options}
              ownNetworks={false}
              onEngine={(engineId) => {
                const other = options.proposals.filter(isBoth).find((p) => p.primary.engineId === engineId);
                const place = other ? bothForm(other)[slot] : { ...form[slot], engineId };
                put({ ...form, [slot]: place });
              }}
            />
          </Card>
        ))}
      </div>
    </>
  );
}
