/** A run's report as Markdown. */
import type { Message } from '../text/message';
import type { Report } from './report';

export interface ReportWording {
  say(m: Message): string;
  time(at: number): string;
  duration(ms: number): string;
  bytes(n: number): string;
}

const RESULT: Record<Report['result'], string> = {
  succeeded: 'succeeded',
  undone: 'undone: everything is as before',
  'by-hand': 'finished by hand',
  open: 'not ended yet',
};

export function reportMarkdown(r: Report, w: ReportWording): string {
  const names = { source: r.from.slot === 'primary' ? 'Primary' : 'Secondary', target: r.to.slot === 'primary' ? 'Primary' : 'Secondary' };
  const lines = [
    `# Run ${r.runId}: switch-over of ${r.clusterId}`,
    '',
    `Result: **${RESULT[r.result]}**`,
    '',
    `- From the ${names.source} \`${r.from.ref.name}\` on ${r.from.ref.engineId} (${r.from.url})`,
    `- To the ${names.target} \`${r.to.ref.name}\` on ${r.to.ref.engineId} (${r.to.url})`,
    `- Controller ID \`${r.controllerId}\`, journalId \`${r.journalId}\``,
    `- Began ${w.time(r.startedAt)}${r.endedAt === undefined ? '' : `, ended ${w.time(r.endedAt)} (${w.duration(r.endedAt - r.startedAt)})`}`,
    ...(r.downMs === undefined
      ? r.downSince === undefined
        ? []
        : [`- Nobody works since ${w.time(r.downSince)}`]
      : [`- Controller down: ${w.duration(r.downMs)}`]),
    `- Started by ${r.by}: ${r.reason}${r.ticket ? ` (${r.ticket})` : ''}`,
    ...(r.timeSpent === undefined ? [] : [`- Time Spent: ${r.timeSpent} min`]),
    ...(r.joc ? [`- JOC Cockpit ${joc(r.joc, w)}`] : []),
    ...(r.left.includes('tell-joc') ? ['- **Still to do:** let JOC Cockpit follow, on the page of the cluster.'] : []),
    ...(r.left.includes('agents')
      ? ['- **Still to do:** look at the Agents that did not couple again; their names stand with their step.']
      : []),
    ...orders(r),
    `- Plan ${r.planHash}`,
    '',
    ...warnings(r, w),
    '## Steps',
    '',
    '| Step | | Outcome | Duration | Evidence |',
    '|---|---|---|---|---|',
    ...r.steps.map((s) => {
      const said = s.problem
        ? `${s.problem.message}${s.problem.remedy ? ` ${s.problem.remedy}` : ''}`
        : s.evidence.map((e) => w.say(e.said)).join(' ');
      return `| ${w.say({ key: `step.${s.step}.title`, params: names })} | ${s.way === 'undo' ? 'undo' : ''} | ${s.outcome === 'none' ? 'interrupted' : s.outcome} | ${s.endedAt === undefined ? '' : w.duration(s.endedAt - s.beganAt)} | ${cell(said)} |`;
    }),
    '',
  ];
  if (r.files.length > 0) {
    lines.push(`## Journal files, equal on both sides (${w.bytes(r.bytes)})`, '', '| File | Bytes | SHA-256 |', '|---|---|---|');
    for (const f of r.files)
      lines.push(
        `| ${f.name} | ${f.bytes} | ${f.segments.map((s) => `${s.from}–${s.to}: \`${s.sha256}\` (${s.when === 'ahead' ? 'copied ahead' : 'after the stop'})`).join('<br>')} |`,
      );
    lines.push('');
  }
  if (r.stops.length > 0)
    lines.push('## Stops', '', ...r.stops.map((s) => `- ${w.time(s.at)}: ${w.say({ key: `run.stopped.${s.reason}`, params: names })}`), '');
  if (r.decisions.length > 0)
    lines.push(
      '## Decisions',
      '',
      ...r.decisions.map((d) => `- ${w.time(d.at)}: ${d.by} chose "${d.choice}"${d.why ? `: ${cell(d.why)}` : ''}`),
      '',
    );
  return lines.join('\n');
}
/** Orders before the stop and at the first look after the start, as far as the Controllers told. Nothing where none was started. */
function orders(r: Report): readonly string[] {
  const proof = r.steps.findLast((s) => s.step === 'prove-works' && s.outcome === 'succeeded');
  if (!proof) return [];
  const facts = proof.evidence.find((e) => e.facts?.journalId !== undefined)?.facts;
  const [before, after] = [facts?.ordersBefore, facts?.orderCount];
  const result = before === undefined || after === undefined ? 'unknown' : before === after ? 'the same' : 'differs';
  return [`- Orders: ${before ?? '?'} before, ${after ?? '?'} after: ${result}`];
}
function joc(j: NonNullable<Report['joc']>, w: ReportWording): string {
  const how = { name: `by the name ${j.alias ?? ''}`, front: 'by an address in front', update: 'by its registered URL' }[j.follow];
  const urls =
    j.before === undefined
      ? (j.after ?? '')
      : j.after === undefined || j.after === j.before
        ? j.before
        : `before ${j.before}, after ${j.after}`;
  const proof = j.proxyAt === undefined ? '' : `; last event of its proxy ${w.time(j.proxyAt)}`;
  const outcome = { follows: `follows${proof}`, left: '**does not follow yet**', 'not-told': 'was not told' }[j.outcome];
  return `${j.name}, ${how}${urls === '' ? '' : ` (${urls})`}: ${outcome}`;
}
/** What was accepted knowingly; nothing where it was not written down. */
function warnings(r: Report, w: ReportWording): readonly string[] {
  if (r.accepted === undefined) return [];
  const lines = r.accepted.map((a) => `- ${w.say({ key: `check.${a.id}.title` })} (${a.id}): ${w.say(a.measured)}`);
  return ['## Accepted warnings', '', ...(lines.length > 0 ? lines : ['None.']), ''];
}
const cell = (text: string): string => text.replaceAll('|', '\\|').replaceAll('\n', ' ');
