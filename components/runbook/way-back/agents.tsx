'use client';
import { useState } from 'react';
import { keys } from '@/lib/client/keys';
import type { WayAgent } from '@/lib/contract/way-back';
import { Code } from '../../text/code';
import { Button } from '../../ui/button';
import { Command } from '../../ui/command';
import { ConfirmCall } from '../../ui/confirm-call';
import { Commands } from '../steps/commands';
import { Said } from './said';
import { t } from './t';
import { resetCommand, type Way } from './way-model';

interface Props {
  readonly clusterId: string;
  readonly answer: Way;
  readonly may: boolean;
  readonly busy: boolean;
  readonly again: () => Promise<void>;
  readonly onLeave: (agent: string, why: string) => void;
}

/** The Agents that the kept Controller knows: each is reset, after a second question, or left as it is, with a reason. */
export function Agents({ clusterId, answer, may, busy, again, onLeave }: Props) {
  const { agents, kept } = answer;
  if (agents === 'unknown')
    return (
      <div className="grid gap-2">
        <p>{t('way.agent.unknown')}</p>
        <Command>{resetCommand(kept.url, 'AGENT_ID')}</Command>
      </div>
    );
  if (agents.length === 0) return <p>{t('way.agent.none')}</p>;
  return (
    <ul className="grid gap-4">
      {agents.map((agent) => (
        <One key={agent.name} {...{ clusterId, agent, may, busy, again, onLeave }} url={kept.url} />
      ))}
    </ul>
  );
}

function One({
  clusterId,
  agent,
  may,
  busy,
  again,
  onLeave,
  url,
}: Omit<Props, 'answer'> & { readonly agent: WayAgent; readonly url: string }) {
  const [asks, setAsks] = useState(false);
  const settled = agent.reset === 'reset' || agent.reset === 'left';
  return (
    <li className="grid gap-2" data-agent={agent.name} data-reset={agent.reset}>
      <p>
        <Code>{agent.name}</Code> {t(agent.coupled ? 'way.agent.coupled' : 'way.agent.uncoupled')}, {t(`way.agent.is.${agent.reset}`)}
      </p>
      {!settled && (
        <>
          <Button busy={busy} impossible={!may} onClick={() => setAsks(true)} className="justify-self-start" variant="danger-quiet">
            {t('way.agent.reset', { agent: agent.name })}
          </Button>
          <Commands lines={[resetCommand(url, agent.name)]} of={agent.name} />
          <Said
            {...{ may, busy }}
            needsWhy
            label={t('way.agent.leaveWhy', { agent: agent.name })}
            button={t('way.agent.leave')}
            onSay={(why) => onLeave(agent.name, why)}
          />
        </>
      )}
      {asks && (
        <ConfirmCall
          method="POST"
          path={keys.wayBack(clusterId, 'step')}
          body={{ step: 'reset', agent: agent.name }}
          title={t('way.agent.sure', { agent: agent.name })}
          button={t('way.agent.reset', { agent: agent.name })}
          onClose={() => {
            setAsks(false);
            void again();
          }}
        >
          {t('way.agent.sure.why')}
        </ConfirmCall>
      )}
    </li>
  );
}
