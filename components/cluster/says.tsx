'use client';
import { TriangleAlert } from 'lucide-react';
import type { InstanceView } from '@/lib/domain/cluster/view';
import type { JocSays as Joc } from '@/lib/domain/joc/view';
import type { Message, Param } from '@/lib/domain/text/message';
import { Code } from '../text/code';
import { Text } from '../text/text';
import { Fact } from '../ui/facts';
import { JocSays } from './joc-says';
import { SaysBlock } from './says-block';
import { m, t } from './t';

const time = (value: number): Param => ({ as: 'time', value });
const count = (value: number): Param => ({ as: 'count', value });
const bytes = (value: number): Param => ({ as: 'bytes', value });

/** All sources, each with its own age. */
export function Sources({ instance, joc, journal }: { instance: InstanceView; joc?: Joc | undefined; journal?: number | undefined }) {
  return (
    <>
      <DockerSays instance={instance} />
      <ControllerSays instance={instance} />
      <DiskSays instance={instance} journal={journal} />
      {joc && <JocSays says={joc} />}
    </>
  );
}

function DockerSays({ instance: { docker } }: { instance: InstanceView }) {
  const container = docker.instance;
  return (
    <SaysBlock title={t('ui.says.docker')} freshness={docker.freshness} error={docker.error}>
      {container && (
        <>
          <Fact name={t('ui.docker.container')}>
            <Text of={containerState(container)} />
          </Fact>
          <Fact name={t('ui.docker.engine')}>
            <Code>{docker.engineName}</Code>
            {docker.engineVersion !== undefined && `, ${docker.engineVersion}`}
          </Fact>
          <Fact name={t('ui.docker.restart')}>
            <Code>{container.restartPolicy.name}</Code>
            {container.autoRemove && <span className="text-warn font-semibold">, {t('ui.docker.autoRemove')}</span>}
          </Fact>
          <Fact name={t('ui.docker.image')}>
            <Code>{container.image.ref}</Code>
          </Fact>
        </>
      )}
      {!container && (
        <Fact name={t('ui.docker.engine')}>
          <Code>{docker.engineName}</Code>
        </Fact>
      )}
    </SaysBlock>
  );
}

function containerState(container: NonNullable<InstanceView['docker']['instance']>): Message {
  if (container.state === 'running' && container.startedAt !== undefined) return m('ui.docker.running', { at: time(container.startedAt) });
  if (container.state === 'exited' && container.exitCode !== undefined && container.finishedAt !== undefined)
    return m(container.oomKilled ? 'ui.docker.exitedOom' : 'ui.docker.exited', {
      code: container.exitCode,
      at: time(container.finishedAt),
    });
  return m('ui.docker.other', { state: container.state });
}

/** An emulated Controller runs on no Java: what it says there ("0 (…)") is no version. */
const isJava = (version: string): boolean => /^[1-9]/.test(version);

export function ControllerSays({ instance: { controller: c } }: { instance: InstanceView }) {
  return (
    <SaysBlock
      title={t('ui.says.controller')}
      freshness={c.freshness}
      error={c.error}
      note={c.freshness.state === 'not-expected' ? t('ui.says.notAsked') : undefined}
    >
      {c.controllerId !== undefined && (
        <Fact name={t('ui.controller.id')}>
          <Code>{c.controllerId}</Code>
        </Fact>
      )}
      {c.version !== undefined && (
        <Fact name={t('ui.controller.version')}>
          {c.javaVersion === undefined || !isJava(c.javaVersion)
            ? c.version
            : t('ui.controller.versionJava', { version: c.version, java: c.javaVersion })}
        </Fact>
      )}
      {c.startedAt !== undefined && (
        <Fact name={t('ui.controller.started')}>
          <Text of={m('ui.at', { at: time(c.startedAt) })} />
        </Fact>
      )}
      {c.lastEventId !== undefined && (
        <Fact name={t('ui.controller.lastEvent')}>
          <Code>{c.lastEventId}</Code>
        </Fact>
      )}
      {(c.journalId !== undefined || c.journalFiles !== undefined) && (
        <Fact name={t('ui.controller.journal')}>
          {c.journalId !== undefined && <Code>{c.journalId}</Code>}
          {c.journalId !== undefined && c.journalFiles !== undefined && ', '}
          {c.journalFiles !== undefined && <Text of={files(c.journalFiles, c.journalBytes)} />}
        </Fact>
      )}
      {c.orderCount !== undefined && (
        <Fact name={t('ui.controller.orders')}>
          <Text of={m('ui.value', { value: count(c.orderCount) })} />
        </Fact>
      )}
      {c.ready !== undefined && (
        <Fact name={t('ui.controller.ready')}>
          {t(c.ready === true ? 'ui.ready.yes' : c.ready === false ? 'ui.ready.no' : 'ui.ready.unknown')}
        </Fact>
      )}
      {c.tls !== undefined && c.tls !== 'none' && (
        <Fact name={t('ui.controller.tls')}>{t(c.tls === 'mutual' ? 'ui.tls.mutual' : 'ui.tls.server')}</Fact>
      )}
    </SaysBlock>
  );
}

function files(n: number, size: number | undefined): Message {
  if (size === undefined) return n === 1 ? m('ui.files.one') : m('ui.files.many', { n: count(n) });
  return n === 1 ? m('ui.filesSize.one', { size: bytes(size) }) : m('ui.filesSize.many', { n: count(n), size: bytes(size) });
}

/** The room that a switch-over asks for: lib/domain/switchover/preflight/journals.ts. */
const COPIES = 2;

export function DiskSays({ instance, journal }: { instance: InstanceView; journal?: number | undefined }) {
  const { disk, fences } = instance;
  const low = disk.freeBytes !== undefined && journal !== undefined && disk.freeBytes < COPIES * journal;
  const retired = disk.retired.at(-1);
  return (
    <SaysBlock disk title={t('ui.says.disk')} freshness={disk.freshness} error={disk.error}>
      {disk.freshness.state === 'lost' && disk.before && <Before {...disk.before} />}
      {disk.stateEmpty === true && <Fact name={t('ui.disk.journal')}>{t('ui.disk.empty')}</Fact>}
      {disk.journal && (
        <>
          <Fact name={t('ui.disk.journal')}>
            <Code>{disk.journal.journalId}</Code>, <Text of={files(disk.journal.files.length, disk.journal.totalBytes)} />
          </Fact>
          <Fact name={t('ui.disk.ending')}>{t(`ui.ending.${disk.journal.ending}`)}</Fact>
          <Fact name={t('ui.controller.lastEvent')}>
            <Code>{disk.journal.lastEventId}</Code>
          </Fact>
        </>
      )}
      {disk.config && (
        <Fact name={t('ui.disk.flag')}>
          <code>is-backup = {disk.config.isBackup ? 'yes' : 'no'}</code>
        </Fact>
      )}
      {fences.length > 0 && <Fact name={t('ui.disk.fencedBy')}>{fences.map((fence) => t(`ui.fence.${fence}`)).join(', ')}</Fact>}
      {retired && (
        <Fact name={t('ui.disk.retired')}>
          <Code>{retired.path}</Code>
          {retired.at !== undefined && (
            <>
              , <Text of={m('ui.at', { at: time(retired.at) })} />
            </>
          )}
        </Fact>
      )}
      {disk.freeBytes !== undefined && (
        <Fact name={t('ui.disk.free')}>
          <span className={low ? 'text-warn font-semibold' : undefined}>
            {low && <TriangleAlert aria-hidden className="inline size-4 mr-1 -mt-0.5" />}
            <Text
              of={
                disk.totalBytes === undefined
                  ? m('ui.value', { value: bytes(disk.freeBytes) })
                  : m('ui.disk.freeOf', { free: bytes(disk.freeBytes), total: bytes(disk.totalBytes) })
              }
            />
            {low && `, ${t('ui.disk.low')}`}
          </span>
          {disk.freshness.state === 'lost' && (
            <span className="text-unk">
              ,{' '}
              <Text
                of={disk.freshness.at === undefined ? m('ui.disk.freeOnce') : m('ui.disk.freeBefore', { at: time(disk.freshness.at) })}
              />
            </span>
          )}
        </Fact>
      )}
    </SaysBlock>
  );
}

/** What was read before the engine fell silent: grey, each with its time. */
function Before({ at, journal, config }: NonNullable<InstanceView['disk']['before']>) {
  const last = <Text of={m('ui.disk.lastRead', { at: time(at) })} />;
  return (
    <>
      {journal && (
        <Fact name={t('ui.disk.journal')}>
          <span className="text-ink-3">
            <Code>{journal.journalId}</Code>, {last}
          </span>
        </Fact>
      )}
      {config && (
        <Fact name={t('ui.disk.flag')}>
          <span className="text-ink-3">
            <code>is-backup = {config.isBackup ? 'yes' : 'no'}</code>, {last}
          </span>
        </Fact>
      )}
    </>
  );
}
