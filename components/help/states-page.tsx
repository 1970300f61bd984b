import { CircleCheck, CircleQuestionMark, ClockAlert, OctagonX, TriangleAlert } from 'lucide-react';
import type { ReactNode } from 'react';
import type { ClusterStatusCode, ComponentState, LinkView, Role, Severity, Tone } from '@/lib/domain/cluster/view';
import { ROLE_BADGE } from '../cluster/icons';
import { COMPONENT } from '../cluster/model';
import { Tie } from '../cluster/tie';
import { Page } from '../layout/page';
import { PageHead } from '../layout/page-head';
import { t } from '../text/t-help';
import { Text } from '../text/text';
import { TextsProvider } from '../text/texts-provider';
import { Badge, type BadgeLook } from '../ui/badge';
import { Card, SectionHead } from '../ui/card';
import { cn } from '../ui/classes';
import { Status } from '../ui/status';
import { TONE_ICON } from '../ui/verdict';
import { COMPONENTS, LINKS, ROLES, STATUSES, TONES } from './states';
import { STATES_TEXTS } from './states-texts';

/** Every word and mark of the status picture: what it means and what to do next. */
export function StatesPage() {
  return (
    <TextsProvider texts={STATES_TEXTS}>
      <States />
    </TextsProvider>
  );
}

function States() {
  return (
    <Page>
      <PageHead title={t('ui.help.title')} sub={t('ui.help.about')} />
      <Section id="instances" title={t('ui.help.instances')} heads={[t('ui.help.state'), t('ui.help.means'), t('ui.help.do')]}>
        {ROLES.map((role) => (
          <RoleRow key={role} role={role} />
        ))}
      </Section>
      <Section
        id="cluster"
        title={t('ui.help.cluster')}
        heads={[t('ui.help.state'), t('ui.help.severity'), t('ui.help.means'), t('ui.help.do')]}
      >
        {STATUSES.map(([code, severity]) => (
          <StatusRow key={code} code={code} severity={severity} />
        ))}
      </Section>
      <Section id="component" title={t('ui.help.component')} heads={[t('ui.help.state'), t('ui.help.means')]}>
        {COMPONENTS.map((state) => (
          <ComponentRow key={state} state={state} />
        ))}
      </Section>
      <Section id="lines" title={t('ui.help.lines')} heads={[t('ui.help.line'), t('ui.help.means')]}>
        {LINKS.map((kind) => (
          <LineRow key={kind} kind={kind} />
        ))}
      </Section>
      <Section id="verdicts" title={t('ui.help.verdicts')} heads={[t('ui.help.state'), t('ui.help.means')]}>
        {TONES.map((tone) => (
          <ToneRow key={tone} tone={tone} />
        ))}
      </Section>
      <Section id="fresh" title={t('ui.help.fresh')} heads={[t('ui.help.state'), t('ui.help.means')]}>
        <Row
          state={<span className="text-meta text-ink-3">2 s ago</span>}
          cells={[t('ui.help.fresh.fresh')]}
          labels={[t('ui.help.means')]}
        />
        <Row
          state={
            <Status tone="warn" icon={ClockAlert}>
              48 s ago
            </Status>
          }
          cells={[t('ui.help.fresh.stale')]}
          labels={[t('ui.help.means')]}
        />
        <Row
          state={
            <Status tone="unknown" icon={CircleQuestionMark}>
              {t('ui.fresh.lost')}
            </Status>
          }
          cells={[t('ui.help.fresh.lost')]}
          labels={[t('ui.help.means')]}
        />
      </Section>
    </Page>
  );
}

function Section({ id, title, heads, children }: { id: string; title: string; heads: readonly string[]; children: ReactNode }) {
  return (
    <Card aria-labelledby={id}>
      <SectionHead id={id} title={title} className="px-5 max-tab:px-4 pt-4 pb-1" />
      <table className="facts">
        <thead>
          <tr>
            {heads.map((head, i) => (
              <th key={head} scope="col" className={cn(i === 0 && 'w-[240px]')}>
                {head}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>{children}</tbody>
      </table>
    </Card>
  );
}

function Row({ state, cells, labels }: { state: ReactNode; cells: readonly ReactNode[]; labels: readonly string[] }) {
  return (
    <tr>
      <td>{state}</td>
      {labels.map((label, i) => (
        <td key={label} data-label={label}>
          <span>{cells[i]}</span>
        </td>
      ))}
    </tr>
  );
}

function RoleRow({ role }: { role: Role }) {
  const { look, icon, turning } = ROLE_BADGE[role];
  return (
    <Row
      state={
        <Badge look={look} icon={icon} turning={turning === true}>
          <Text of={{ key: `badge.${role}` }} />
        </Badge>
      }
      labels={[t('ui.help.means'), t('ui.help.do')]}
      cells={[<Text key="m" of={{ key: `role.${role}` }} />, t(`ui.help.role.${role}.do`)]}
    />
  );
}

const SEVERITY_LOOK: Record<Severity, BadgeLook> = { 0: 'ok', 1: 'warn', 2: 'bad', 3: 'unknown', 4: 'unknown' };
const SEVERITY_ICON = { 0: CircleCheck, 1: TriangleAlert, 2: OctagonX, 3: CircleQuestionMark, 4: CircleQuestionMark } as const;

function StatusRow({ code, severity }: { code: ClusterStatusCode; severity: Severity | undefined }) {
  return (
    <Row
      state={
        <Badge
          look={severity === undefined ? 'neutral' : SEVERITY_LOOK[severity]}
          icon={severity === undefined ? CircleCheck : SEVERITY_ICON[severity]}
        >
          <Text of={{ key: `status.${code}` }} />
        </Badge>
      }
      labels={[t('ui.help.severity'), t('ui.help.means'), t('ui.help.do')]}
      cells={[severity ?? '–', <Text key="m" of={{ key: `status.meaning.${code}` }} />, t(`ui.help.status.${code}.do`)]}
    />
  );
}

const COMPONENT_ICONS = { operational: CircleCheck, limited: TriangleAlert, inoperable: OctagonX, unknown: CircleQuestionMark } as const;

function ComponentRow({ state }: { state: ComponentState }) {
  const { tone, word } = COMPONENT[state];
  const shown =
    tone === 'quiet' || state === 'not-running' ? (
      <span className="text-ink-2">{t(word)}</span>
    ) : (
      <Status tone={tone} icon={COMPONENT_ICONS[state]}>
        {t(word)}
      </Status>
    );
  return <Row state={shown} labels={[t('ui.help.means')]} cells={[t(`ui.help.component.${state}`)]} />;
}

function LineRow({ kind }: { kind: LinkView['kind'] }) {
  const words: Partial<Record<LinkView['kind'], string>> = { 'not-expected': 'link.cold' };
  return (
    <Row
      state={
        <span className="block w-40 pt-5 [--bg:var(--surface)]">
          <Tie className="min-h-6!" link={{ slot: 'primary', kind, label: { key: words[kind] ?? `link.${kind}` } }} />
        </span>
      }
      labels={[t('ui.help.means')]}
      cells={[t(`ui.help.line.${kind}`)]}
    />
  );
}

const TONE_STATUS: Record<Tone, 'ok' | 'run' | 'warn' | 'unknown' | 'bad'> = {
  ok: 'ok',
  run: 'run',
  warn: 'warn',
  unknown: 'unknown',
  bad: 'bad',
  alarm: 'bad',
};

function ToneRow({ tone }: { tone: Tone }) {
  const word = t(`ui.help.word.${tone}`);
  const Icon = TONE_ICON[tone];
  return (
    <Row
      state={
        tone === 'alarm' ? (
          <Badge look="alarm" icon={Icon}>
            {word}
          </Badge>
        ) : (
          <Status tone={TONE_STATUS[tone]} icon={Icon}>
            {word}
          </Status>
        )
      }
      labels={[t('ui.help.means')]}
      cells={[t(`ui.help.verdict.${tone}`)]}
    />
  );
}
