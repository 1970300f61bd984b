import 'server-only';
import { spawn } from 'node:child_process';
import { dirname, join } from 'node:path';
import { jsonOf, textOf } from './durable';
import type { ProcessMark } from './processes';

/**
 * What stands between Handover and an emulated container: a few lines of sh in a session of their own. They run the command, write its
 * start, end and exit code into files, keep its output and honour the restart policy. So all of that goes on, and is known later, when
 * Handover itself is killed: as with a real engine.
 *
 * Files in the container's folder: `run` and `log` (written here), `supervisor` (who we are), `held` (a folder: only one supervisor at a time),
 * `policy` and `manual-stop` (written by the engine, read here), `auto-remove` (its content is the file that reserves the name).
 * Restart rules and back-off (100 ms, doubled up to a minute, from the start again after 10 s of life) are Docker's:
 * https://docs.docker.com/engine/containers/start-containers-automatically/
 */
const SCRIPT = String.raw`
dir=$1 engine=$2 id=$3; shift 3
now() { t=$(date +%s%3N 2>/dev/null); case $t in ''|*[!0-9]*) t=$(date +%s)000 ;; esac; echo "$t"; }
birth() { if [ -r "/proc/$1/stat" ]; then read -r s < "/proc/$1/stat"; s=${'$'}{s##*) }; set -- $s; echo "${'$'}{20}"; else ps -o lstart= -p "$1"; fi; }
note() { printf '%s\n' "$2" > "$dir/$1.new" && mv -f "$dir/$1.new" "$dir/$1"; }
tell() { printf '{"kind":"%s","id":"%s","at":%s%s}\n' "$1" "$id" "$2" "$3" >> "$engine/events.log"; }
# Each line of output with its time and stream, in the order in which they came. The time from /proc/uptime costs no process.
lines() {
  base=
  if [ -r /proc/uptime ]; then read -r up _ < /proc/uptime; base=$(($(now) - ${'$'}{up%.*} * 1000 - (1${'$'}{up#*.} - 100) * 10)); fi
  while IFS= read -r line || [ -n "$line" ]; do
    if [ -n "$base" ]; then read -r up _ < /proc/uptime; at=$((base + ${'$'}{up%.*} * 1000 + (1${'$'}{up#*.} - 100) * 10)); else at=$(now); fi
    printf '%s %s %s\n' "$at" "$1" "$line"
  done >> "$dir/log"
}
mkdir "$dir/held" 2>/dev/null || exit 0
note supervisor "{\"pid\":$$,\"birth\":\"$(birth $$)\"}"
n=$(sed -n 's/^{"n":\([0-9]*\),.*/\1/p' "$dir/run" 2>/dev/null); n=${'$'}{n:-0}
before=$(sed -n 's/.*"finishedAt":\([0-9]*\).*/\1/p' "$dir/run" 2>/dev/null)
delay=100 restarts=0
command -v setsid >/dev/null 2>&1 && own=setsid || { own=; set -m; }
while :; do
  n=$((n + 1)); started=$(now)
  rm -f "$dir/out" "$dir/err"; mkfifo -m 600 "$dir/out" "$dir/err"
  exec 3<> "$dir/out" 4<> "$dir/err" 5< "$dir/out" 6< "$dir/err" # all ends are open before anybody can be killed while opening one
  (exec <&5 3>&- 4>&- 5<&- 6<&-; lines o) & readers=$! # closed by exec: around a function the shell would keep copies of them
  (exec <&6 3>&- 4>&- 5<&- 6<&-; lines e) & readers="$readers $!"
  $own "$@" < /dev/null >&3 2>&4 3>&- 4>&- 5<&- 6<&- &
  pid=$!
  exec 5<&- 6<&-
  head="{\"n\":$n,\"pid\":$pid,\"birth\":\"$(birth $pid)\",\"startedAt\":$started,\"restarts\":$restarts"
  # An end that nobody has put down was at the latest now.
  [ "$n" -gt 1 ] && head="$head,\"endedBefore\":${'$'}{before:-$started}"
  note run "$head,\"state\":\"running\"}"
  tell started "$started"
  wait $pid; code=$?
  finished=$(now)
  before=$finished
  kill -9 -$pid 2>/dev/null
  exec 3>&- 4>&-
  wait $readers
  [ $((finished - started)) -ge 10000 ] && delay=100
  tail=",\"finishedAt\":$finished,\"exitCode\":$code}"
  again() {
    [ -e "$dir/manual-stop" ] || [ -e "$engine/down" ] && return 1
    max=0; read -r policy max < "$dir/policy"
    case $policy in always|unless-stopped) return 0 ;; on-failure) [ "$code" -ne 0 ] && { [ "${'$'}{max:-0}" -eq 0 ] || [ "$restarts" -lt "$max" ]; } ;; *) return 1 ;; esac
  }
  again || break
  note run "$head,\"state\":\"restarting\"$tail"
  tell died "$finished" ",\"exitCode\":$code"
  sleep $((delay / 1000)).$(printf %03d $((delay % 1000)))
  delay=$((delay * 2)); [ $delay -gt 60000 ] && delay=60000
  again || { note run "$head,\"state\":\"exited\"$tail"; tell updated "$(now)"; rmdir "$dir/held"; exit 0; }
  restarts=$((restarts + 1))
done
if [ -e "$dir/auto-remove" ]; then
  tell died "$finished" ",\"exitCode\":$code"
  read -r name < "$dir/auto-remove"
  printf '{"kind":"destroyed","id":"%s","name":"%s","at":%s}\n' "$id" "${'$'}{name##*/}" "$finished" >> "$engine/events.log"
  rm -f "$name"; mv "$dir" "$dir.gone"; rm -rf "$dir.gone" # away at once: nobody sees half a container
else
  note run "$head,\"state\":\"exited\"$tail"
  tell died "$finished" ",\"exitCode\":$code"
  rmdir "$dir/held"
fi
`;

/** The last (or present) run of a container, as its supervisor wrote it. Times: epoch ms. */
export interface Run extends ProcessMark {
  readonly n: number;
  readonly state: 'running' | 'restarting' | 'exited';
  readonly startedAt: number;
  readonly restarts: number;
  readonly finishedAt?: number;
  /** When the run before this one ended; absent on the first one. */
  readonly endedBefore?: number;
  /** 128 + number of the signal where one ended it, as Docker says it. */
  readonly exitCode?: number;
}

export const runOf = (folder: string): Run | undefined => jsonOf<Run>(join(folder, 'run'));
export const supervisorOf = (folder: string): ProcessMark | undefined => {
  const text = textOf(join(folder, 'supervisor'));
  return text === undefined ? undefined : (JSON.parse(text) as ProcessMark);
};

/** Starts a supervisor that outlives this process. It shows itself in `run`; a second one for the same container ends at once. */
export function supervise(o: {
  folder: string;
  engineFolder: string;
  id: string;
  command: readonly string[];
  env: Readonly<Record<string, string>>;
}): void {
  const child = spawn('/bin/sh', ['-c', SCRIPT, 'handover-rehearsal', o.folder, o.engineFolder, o.id, ...o.command], {
    cwd: o.folder,
    detached: true,
    stdio: 'ignore',
    env: { PATH: `${dirname(process.execPath)}:${process.env.PATH ?? '/usr/bin:/bin'}`, LANG: 'C.UTF-8', NODE_ENV: 'production', ...o.env },
  });
  child.on('error', () => undefined); // no sh: shows itself as a start that does not happen
  child.unref();
}
