'use client';
import { Plus } from 'lucide-react';
import type { SetupOptions } from '@/lib/contract/setup';
import { Button } from '../ui/button';
import { isName, isPort, isSource, isUrl, type PlacedForm } from './form-model';
import { Choose, Line } from './line';
import { t } from './t';

interface Props {
  readonly form: PlacedForm;
  readonly put: (part: Partial<PlacedForm>) => void;
  readonly options: SetupOptions;
  readonly onEngine: (engineId: string) => void;
  /** create-both has one network for both, chosen once. */
  readonly ownNetworks: boolean;
}

/** Replaces one of a list. */
const at = <T,>(list: readonly T[], i: number, part: Partial<T>): T[] => list.map((one, k) => (k === i ? { ...one, ...part } : one));

/** Where one container gets its place: engine, names, ports, volumes, networks. */
export function PlacedFields({ form, put, options, onEngine, ownNetworks }: Props) {
  const engine = options.engines.find((e) => e.id === form.engineId);
  const networks = engine?.networks.map((n) => n.name) ?? [];
  return (
    <div className="grid gap-4">
      <div className="grid gap-4 tab:grid-cols-2">
        <Choose
          label={t('ui.make.engine')}
          value={form.engineId}
          {...(ownNetworks && { hint: t('ui.make.engine.hint') })}
          options={options.engines.map((e) => ({
            value: e.id,
            text: e.problem ? t('ui.make.engine.silent', { name: e.name }) : e.name,
            off: e.problem !== undefined,
          }))}
          onChange={onEngine}
        />
        <Line
          label={t('ui.make.url')}
          value={form.url}
          hint={t('ui.make.url.hint')}
          wrong={!isUrl(form.url) && t('ui.make.url.bad')}
          onChange={(url) => put({ url })}
        />
        <Line
          label={t('ui.make.name')}
          value={form.name}
          wrong={!isName(form.name) && t('ui.make.name.bad')}
          onChange={(name) => put({ name })}
        />
        <Line
          label={t('ui.make.hostname')}
          value={form.hostname}
          wrong={!isName(form.hostname) && t('ui.make.name.bad')}
          onChange={(hostname) => put({ hostname })}
        />
      </div>
      {form.ports.length > 0 && (
        <fieldset className="grid gap-3 tab:grid-cols-2">
          <legend className="text-data font-semibold mb-2">{t('ui.make.ports')}</legend>
          {form.ports.map((p, i) => (
            <Line
              key={`${p.hostIp} ${p.inside}`}
              label={`${t('ui.make.port', { inside: p.inside })}${p.hostIp === '' ? '' : ` ${t('ui.make.port.ip', { ip: p.hostIp })}`}`}
              value={p.outside}
              numeric
              hint={t('ui.make.port.hint')}
              wrong={!isPort(p.outside) && t('ui.make.port.bad')}
              onChange={(outside) => put({ ports: at(form.ports, i, { outside }) })}
            />
          ))}
        </fieldset>
      )}
      <fieldset className="grid gap-3">
        <legend className="text-data font-semibold mb-2">{t('ui.make.mounts')}</legend>
        {form.mounts.map((mount, i) => (
          <div key={mount.target} className="grid gap-3 items-end tab:grid-cols-[180px_minmax(0,1fr)]">
            <Choose
              label={t('ui.make.mount.kind', { target: mount.target })}
              value={mount.kind}
              options={[
                { value: 'volume', text: t('ui.make.mount.volume') },
                { value: 'bind', text: t('ui.make.mount.bind') },
              ]}
              onChange={(kind) => put({ mounts: at(form.mounts, i, { kind: kind as 'volume' | 'bind' }) })}
            />
            <Line
              label={t('ui.make.mount', { target: mount.target })}
              value={mount.source}
              wrong={!isSource(mount) && t('ui.make.mount.bad')}
              onChange={(source) => put({ mounts: at(form.mounts, i, { source }) })}
            />
          </div>
        ))}
      </fieldset>
      {ownNetworks && (
        <fieldset className="grid gap-3">
          <legend className="text-data font-semibold mb-2">{t('ui.make.networks')}</legend>
          {form.networks.map((n, i) => (
            <div key={n.network} className="grid gap-3 tab:grid-cols-[180px_minmax(0,1fr)_auto]">
              <Choose
                label={t('ui.make.network', { n: i + 1 })}
                value={n.network}
                options={[...new Set([n.network, ...networks])].map((name) => ({
                  value: name,
                  text: networks.includes(name) ? name : t('ui.make.network.gone', { name }),
                  off: name !== n.network && form.networks.some((x) => x.network === name),
                }))}
                onChange={(network) => put({ networks: at(form.networks, i, { network }) })}
              />
              <Line
                label={t('ui.make.aliases', { network: n.network })}
                value={n.aliases}
                hint={t('ui.make.aliases.hint')}
                onChange={(aliases) => put({ networks: at(form.networks, i, { aliases }) })}
              />
              {form.networks.length > 1 && (
                <Button
                  className="tab:mt-6 self-start [overflow-wrap:anywhere]"
                  onClick={() => put({ networks: form.networks.filter((_, k) => k !== i) })}
                >
                  {t('ui.make.network.leave', { network: n.network })}
                </Button>
              )}
            </div>
          ))}
          <Join form={form} put={put} networks={networks} />
        </fieldset>
      )}
    </div>
  );
}

function Join({ form, put, networks }: Pick<Props, 'form' | 'put'> & { networks: readonly string[] }) {
  const free = networks.find((name) => !form.networks.some((n) => n.network === name));
  if (free === undefined) return null;
  return (
    <Button className="justify-self-start" onClick={() => put({ networks: [...form.networks, { network: free, aliases: '' }] })}>
      <Plus aria-hidden />
      {t('ui.make.network.join')}
    </Button>
  );
}
