/**
 * The shell texts (POSIX sh, busybox and GNU alike) that a person runs in a helper container instead of a step. Each stops at its first
 * failure and writes over nothing: what stands where something should go is for a person to look at.
 */
import { BEGIN, END } from '../config/flag';
import { markerPath, type Plan, retiredPath } from './plan';

/** Any text as one word of a shell. */
export const quote = (s: string): string => (/^[\w@%+=:,./-]+$/.test(s) ? s : `'${s.replaceAll("'", "'\\''")}'`);

const files = (folder: string): string => `${quote(folder)}/controller--*.journal`;
const some = (folder: string): string => `ls ${files(folder)} >/dev/null 2>&1`;
const stop = (why: string): string => `{ echo ${quote(why)} >&2; exit 1; }`;

/** Journal files from one folder to another that holds none. `mv -n` says nothing about a file that it left: so it is looked afterwards. */
function moveJournal(from: string, to: string): string {
  return [
    `if ${some(to)}; then ${stop(`Not moved: ${to} holds journal files already.`)}; fi`,
    `mkdir -p ${quote(to)}`,
    `mv -n ${files(from)} ${quote(to)}/`,
    `if ${some(from)}; then ${stop(`Not all was moved out of ${from}.`)}; fi`,
  ].join('; ');
}
/** To a folder that must not exist yet. */
export function retireJournal(from: string, to: string): string {
  return `set -e; if test -e ${quote(to)}; then ${stop(`Not moved: ${to} exists already.`)}; fi; ${moveJournal(from, to)}`;
}
/** What lies in the state directory goes aside, and only if that has gone well the copy comes in. */
export function putInPlace(o: { staging: string; state: string; aside: string; owner: string }): string {
  return [
    'set -e',
    `if ! ${some(o.staging)}; then ${stop(`There is no copy in ${o.staging}.`)}; fi`,
    `if ${some(o.state)}; then if test -e ${quote(o.aside)}; then ${stop(`Not moved: ${o.aside} exists already.`)}; fi; ${moveJournal(o.state, o.aside)}; fi`,
    moveJournal(o.staging, o.state),
    `chown -R ${o.owner} ${quote(o.state)}`,
  ].join('; ');
}

/**
 * The managed block of domain/config/flag.ts, put at the end of the file, or before the brace that closes the whole of it. A former block goes.
 * Where the closing brace cannot be told without a HOCON parser, nothing is written.
 */
export function setFlag(path: string, value: 'yes' | 'no', runId: string, more: readonly string[] = []): string {
  // awk makes lines of `\n` in a value.
  const line = [`js7.journal.cluster.node.is-backup = ${value}`, ...more].join('\\n');
  const [begin, end] = [BEGIN.trim(), END.trim()];
  const awk = [
    '{ line[++n] = $0 }',
    'END {',
    'for (i = 1; i <= n; i++) {',
    'if (line[i] == begin) { inside = 1; if (m && own[m] == "") m--; continue }',
    'if (inside) { if (line[i] == end) inside = 0; continue }',
    'own[++m] = line[i]',
    '}',
    'for (i = 1; i <= m; i++) if (own[i] !~ /^[ \\t\\r]*(#.*|\\/\\/.*)?$/) { if (!first) first = i; last = i }',
    'at = m + 1; tail = "";',
    'if (first && own[first] ~ /^[ \\t]*[{]/) {',
    'text = own[last];',
    'if (text !~ /[}][ \\t\\r]*$/ || text ~ /#|\\/\\//) { print "Not written: put the line before the closing brace by hand." > "/dev/stderr"; exit 1 }',
    'sub(/[}][ \\t\\r]*$/, "", text); at = last; tail = "}"',
    '}',
    'for (i = 1; i < at; i++) print own[i];',
    'if (tail && text !~ /^[ \\t]*$/) print text;',
    'print ""; print begin; print line_; print end;',
    'if (tail) print tail;',
    'for (i = at + 1; i <= m; i++) print own[i]',
    '}',
  ].join(' ');
  const fresh = `${path}.handover-${runId}`;
  return [
    'set -e',
    `cp -p ${quote(path)} ${quote(fresh)}`,
    `awk -v begin=${quote(begin)} -v end=${quote(end)} -v line_=${quote(line)} '${awk}' ${quote(path)} > ${quote(fresh)} || { rm -f ${quote(fresh)}; exit 1; }`,
    `mv ${quote(fresh)} ${quote(path)}`,
    `grep is-backup ${quote(path)}`,
  ].join('; ');
}

/** The marker beside the retired journal, in the form that a run writes and `retired.ts` reads; who and why are for the person to fill in. */
export function writeMarker(p: Plan): string {
  const fixed = JSON.stringify({
    what: 'The journal of this JS7 Controller was retired by hand: another instance works with it now. Do not start this one from it.',
    run: p.runId,
    journalId: p.journalId,
    controllerId: p.controllerId,
    by: 'WHO',
    reason: 'WHY',
    retiredTo: retiredPath(p),
    movedTo: p.target.ref,
    bringBack: `Only when ${p.target.ref.name} is stopped and its journal is older: move the files from ${retiredPath(p)} to ${p.source.statePath} and take the backup flag off in ${p.source.configPath}.`,
  }).slice(1, -1);
  const marker = quote(markerPath(p));
  return [
    'set -e',
    `if test -e ${marker}; then ${stop('The marker is there already.')}; fi`,
    `printf '{%s,"at":%s000,"when":"%s"}\\n' ${quote(fixed)} "$(date +%s)" "$(date -u +%Y-%m-%dT%H:%M:%SZ)" > ${marker}`,
    `chown ${p.source.uid}:${p.source.gid} ${marker}`,
  ].join('; ');
}

/** Succeeds only if the source's journal lies retired and nothing lies in its state directory. */
export function provedRetired(p: Plan): string {
  return `if ${some(p.source.statePath)}; then ${stop('Its journal is not retired.')}; fi; ${some(retiredPath(p))} || ${stop(`No journal in ${retiredPath(p)}.`)}`;
}
