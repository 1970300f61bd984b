import 'server-only';
/** Scripts for moving a journal (ports/moving.ts), with the rules of ./scripts.ts. */
import { FIELDS, script } from './scripts';

/** `PATH OFFSET MODE USER:GROUP`: what stands ready before bytes are appended; 85 unless the file is exactly OFFSET long (0: it is made). */
const READY = `located "$1"; [ -L "$1" ] && exit 81; [ -d "$1" ] && exit 83
have=0; [ -e "$1" ] && { have=$(stat -c %s "$1") || exit 1; }
[ "$have" = "$2" ] || exit 85
[ -e "$1" ] || : >"$1" || exit 1
chown "$4" "$1" && chmod "$3" "$1" || exit 1
`;
const FLUSHED = `sync "$1" 2>/dev/null || sync
stat -c %s "$1"`;

/** Only that; and what another archive left is dropped. */
export const READY_FOR_ARCHIVE = script(`${READY}set +f; rm -f "$1".part-*`);
/** `PATH PART`: PART, whole, takes the place of the empty file and goes to disk; its length now is printed. */
export const PART_IS_WHOLE = script(`located "$1"; [ -f "$1" ] && [ ! -L "$1" ] && [ ! -s "$1" ] || { rm -f "$2"; exit 85; }
sync "$2" 2>/dev/null || sync
mv -f "$2" "$1" || exit 1
sync "\${1%/*}" 2>/dev/null || sync
stat -c %s "$1"`);
/** `PATH PART`: what has come of PART goes into the empty file, by copying: whoever still writes PART writes nowhere else. */
export const KEEP_OF_PART = script(`located "$1"; there "$2" || exit 0
have=$(stat -c %s "$2") || exit 1
[ -f "$1" ] && [ ! -L "$1" ] && [ ! -s "$1" ] && piece "$2" 0 "$have" >>"$1"
code=$?; rm -f "$2"; exit $code`);

/** … from standard input, then to disk; its length now is printed. */
export const APPEND = script(`${READY}cat >>"$1" || exit 1
${FLUSHED}`);

/** … from the content that the shell was told (session.ts). */
export const APPEND_SMALL = script(`${READY}content >>"$1" || exit 1
${FLUSHED}`);

/**
 * `PATH OFFSET MODE USER:GROUP SOURCE BYTES`: … from a file of another instance, mounted too. The source is found by its mount below /handover, which this
 * Handover chose; BYTES were seen there, so so many are copied although it may grow meanwhile.
 */
export const APPEND_FROM_SMALL = script(`${READY}[ -f "$5" ] || exit 81
piece "$5" "$2" "$6" >>"$1" || exit 1
${FLUSHED}`);

/** The same for much: its length is printed twice a second, and at the end. */
export const APPEND_FROM = script(`${READY}[ -f "$5" ] || exit 81
( while sleep 0.5; do stat -c %s "$1"; done ) & ticker=$!
piece "$5" "$2" "$6" >>"$1"
code=$?; kill $ticker 2>/dev/null; [ $code = 0 ] || exit 1
${FLUSHED}`);

/**
 * `PATH FROM TO` and so on: SHA-256 of each range, one a line; 85 where a file is shorter than TO. openssl uses the processor's own SHA where it is in the
 * image. The result of a command that is not there is 127.
 */
export const HASH_RANGES = script(`tool=sha256sum; command -v openssl >/dev/null 2>&1 && tool='openssl dgst -sha256 -r'
command -v sha256sum >/dev/null 2>&1 || [ "$tool" != sha256sum ] || exit 127
while [ $# -gt 0 ]; do
  opened "$1"; size=$(stat -c %s "$file") || exit 1
  [ "$size" -ge "$3" ] || exit 85
  if [ "$2" = 0 ] && [ "$3" = "$size" ]; then $tool <"$file"; else piece "$file" "$2" $(($3-$2)) 2>/dev/null | $tool; fi || exit 1
  shift 3
done`);

/** `FROM TO MODE USER:GROUP NAME…`: files by rename within one file system; 83 where a name is in both, 81 where it is in neither. */
export const MOVE_FILES = script(`from=$1 to=$2 mode=$3 owner=$4; shift 4
inside "$from"; one=$volume; located "$to"; [ "$volume" = "$one" ] || exit 84
there "$to" || { mkdir "$to" && chown "$owner" "$to" && chmod "$mode" "$to" || exit 1; }
[ "$(stat -c %d "$from")" = "$(stat -c %d "$to")" ] || exit 84
for name; do
  if there "$from/$name"; then there "$to/$name" && exit 83; mv "$from/$name" "$to/$name" || exit 1; else there "$to/$name" || exit 81; fi
  chown "$owner" "$to/$name" || exit 1
done
sync "$from" "$to" "\${to%/*}" 2>/dev/null || sync`);

/** `FOLDER`: deletes a copy of our own; what is not there is deleted. */
const REMOVE = (names: string) => `there "$1" || exit 0
located "$1"
case "\${1##*/}" in ${names}) ;; *) exit 83;; esac
[ -L "$1" ] && exit 83
rm -rf "$1" || exit 1
sync "\${1%/*}" 2>/dev/null || sync`;
export const DISCARD_COPY = script(REMOVE('*incoming-*'));
export const PURGE_RETIRED = script(REMOVE('*retired-*|*aside-*'));

/** Of the newest journal file so much is read at both ends, of the one before it less of the beginning (usecases/observe/pieces.ts). */
const [ENDS, HEADER, TEXT] = [65_536, 4096, 262_144];
/**
 * `FOLDER BESIDE TEXT…`: all that a look at one side needs (survey.ts takes it apart). Twice `there` or `absent`, the entries as in LIST, and `//`; for each of
 * the two newest journal files `NAME BYTES HEAD TAIL`, then so many bytes; `.`; for each text `absent`, or `text BYTES` and so many bytes; `end`.
 */
export const SURVEY = script(`folder() {
  if [ -d "$1" ]; then
    inside "$1"; echo there
    cd -P "$1" || exit 1
    find . -mindepth 1 -maxdepth 1 -exec stat -c '${FIELDS} %n/' {} + 2>/dev/null
    cd /
  else echo absent; fi
  printf '//\\n'
}
ends() {
  f=$state/controller--$1.journal size=$2 head=$3 tail=0
  [ "$size" -lt "$head" ] && head=$size
  if [ "$size" -gt "$head" ]; then tail=${ENDS}; [ "$size" -lt "$tail" ] && tail=$size; fi
  printf '%s %s %s %s\\n' "controller--$1.journal" "$size" "$head" "$tail"
  head -c "$head" "$f"
  [ $tail = 0 ] || tail -c "$tail" "$f"
}
state=$1
folder "$1"; folder "$2"; shift 2
newest=-1 before=-1
set +f
for f in "$state"/controller--*.journal; do
  n=\${f##*/controller--}; n=\${n%.journal}
  case $n in ''|*[!0-9]*) continue;; esac
  [ \${#n} -le 16 ] && [ -f "$f" ] && [ ! -L "$f" ] || continue
  if [ "$n" -gt "$newest" ]; then before=$newest newest=$n; elif [ "$n" -gt "$before" ]; then before=$n; fi
done
set -f
if [ "$newest" != -1 ]; then
  ends "$newest" "$(stat -c %s "$state/controller--$newest.journal")" ${ENDS}
  [ "$before" = -1 ] || ends "$before" "$(stat -c %s "$state/controller--$before.journal")" ${HEADER}
fi
echo .
for text; do
  [ -f "$text" ] || { echo absent; continue; }
  opened "$text"; size=$(stat -c %s "$file") || exit 1; [ "$size" -gt ${TEXT} ] && size=${TEXT}
  echo "text $size"; head -c "$size" "$file"
done
echo end`);

/**
 * `TEMPORARY PATH KEPT`: a small file's content replaced by what the shell was told, with the owner and mode of the one before, which stays as KEPT unless that is
 * there already. All of it is on disk at the end.
 */
export const REPLACE = script(`opened "$2"; located "$3"
trap 'rm -f "$1"' EXIT
if ! there "$3"; then
  cp -p "$file" "$1" && sync "$1" 2>/dev/null && mv "$1" "$3" || exit 1
fi
umask 077
content >"$1" && chown "$(stat -c %u:%g "$file")" "$1" && chmod "$(stat -c %a "$file")" "$1" && { sync "$1" 2>/dev/null || sync; } || exit 1
mv -f "$1" "$file" || exit 1
sync "\${2%/*}" 2>/dev/null || sync`);
