import 'server-only';

/**
 * Shell scripts that run in helpers. Texts are fixed; all that varies comes as arguments, so that no name can become code. They use only what busybox
 * (the Controller's image is Alpine) and coreutils both have. Their exit codes are told apart from those of commands:
 */
export const EXIT = { notFound: 81, outside: 82, exists: 83, otherVolume: 84, otherLength: 85 } as const;

const PRELUDE = String.raw`
set -f
NL='
'
# Ends with 82 unless the folder $1, links resolved, lies in a volume (its mount point in $volume); with 81 if it is not there.
inside() {
  real=$(cd -P "$1" 2>/dev/null && pwd -P && echo x) || exit 81
  real=\${real%?x}
  IFS=$NL
  for m in $HANDOVER_VOLUMES; do
    t=$(cd -P "$m" 2>/dev/null && pwd -P) || t=$m
    case "$real" in "$t"|"$t"/*) volume=$m; unset IFS; return 0;; esac
  done
  exit 82
}
# The same for the folder that holds $1; a mount point itself is in its volume.
located() {
  IFS=$NL
  for m in $HANDOVER_VOLUMES; do [ "$1" = "$m" ] && { volume=$m; unset IFS; return 0; }; done
  unset IFS
  parent=\${1%/*}
  inside "\${parent:-/}"
}
there() { [ -e "$1" ] || [ -L "$1" ]; }
# $file = $1, links followed, each step in a volume; 81 unless it is a file.
opened() {
  file=$1
  steps=0
  located "$file"
  while [ -L "$file" ]; do
    steps=$((steps+1))
    [ $steps -gt 20 ] && exit 81
    to=$(readlink -n "$file" && echo x) || exit 81
    to=\${to%x}
    case "$to" in /*) file=$to;; *) file=\${file%/*}/$to;; esac
    located "$file"
  done
  [ -f "$file" ] || exit 81
}
`.replaceAll('\\$', '$');

const script = (body: string): string => `${PRELUDE}${body}`;
/** Raw mode (hex), size, time of change (s), user, group, inode. */
const FIELDS = '%f %s %Y %u %g %i';

/** `PATH`: one line of fields; for a link, its target follows, to the end of the output. */
export const STAT = script(`located "$1"; there "$1" || exit 81
stat -c '${FIELDS}' "$1" || exit 1
[ -L "$1" ] && readlink -n "$1"
exit 0`);

/** `FOLDER`: fields, `./NAME/` and line end of each entry (no name holds a slash, so a slash before a line end ends it), NUL, then name NUL target NUL of each link. */
export const LIST = script(`[ -d "$1" ] || exit 81
inside "$1"
cd -P "$1" || exit 81
find . -mindepth 1 -maxdepth 1 -exec stat -c '${FIELDS} %n/' {} + 2>/dev/null
printf '\\0'
find . -mindepth 1 -maxdepth 1 -type l -exec sh -c 'for f; do printf "%s\\0" "$f"; readlink -n "$f"; printf "\\0"; done' handover {} +
exit 0`);

/** `PATH BLOCKS BYTES|all`: a full stop as soon as the file is there, then its bytes from block BLOCKS of 64 KiB on. `dd` seeks; `tail -c +N` would read all before. */
export const READ = script(`opened "$1"
printf .
if [ "$3" = all ]; then exec dd if="$file" bs=65536 skip="$2" 2>/dev/null; fi
dd if="$file" bs=65536 skip="$2" 2>/dev/null | head -c "$3"`);

/** `PATH BYTES|all`: SHA-256 in hex, then anything. openssl uses the processor's own SHA where it is in the image.
 * In a helper, not here: 500 MB took busybox 2 to 5 s, and as long to send them through the local socket and hash them in Node (measured on the
 * same busy machine); a remote engine would be slower, and our own process would be busy with it. */
export const SHA256 = script(`opened "$1"
sum() { if command -v openssl >/dev/null 2>&1; then openssl dgst -sha256 -r; else sha256sum; fi; }
if [ "$2" = all ]; then sum <"$file"; else head -c "$2" "$file" | sum; fi`);

/** `PATH MODE USER:GROUP`. The mode comes last: changing the owner clears the set-id bits. */
export const MAKE_FOLDER = script(`located "$1"; there "$1" && exit 83
mkdir "$1" || exit 1
chown "$3" "$1" && chmod "$2" "$1" && exit 0
rmdir "$1"; exit 1`);

/** `FROM TO`. `mv` would copy from one file system to another: both must be on one. */
export const RENAME = script(`located "$1"; from=$volume; there "$1" || exit 81
located "$2"; [ "$volume" = "$from" ] || exit 84
there "$2" && exit 83
parent=\${2%/*}
[ "$(stat -c %d "$1")" = "$(stat -c %d "$parent")" ] || exit 84
mv "$1" "$2" || exit 1
sync "$parent" 2>/dev/null || sync`);

/** `PATH`: may a file be written there. */
export const WRITABLE = script(`located "$1"; [ -d "$1" ] && exit 83
exit 0`);

/** `TEMPORARY PATH`: the written file to disk, then into place, then the folder to disk. */
export const PLACE = script(`located "$2"; [ -d "$2" ] && exit 83
sync "$1" 2>/dev/null || sync
mv -f "$1" "$2" || exit 1
sync "\${2%/*}" 2>/dev/null || sync`);

/** `TEMPORARY`: removes what a failed writing left. */
export const DISCARD = 'rm -f "$1"';

/** `PATH`: block size, blocks, blocks free for ordinary users. */
export const SPACE = script(`located "$1"; there "$1" || exit 81
stat -f -c '%S %b %a' "$1"`);

// ---- moving a journal (ports/moving.ts) --------------------------------------------------------------------------------------------------

/** `PATH OFFSET MODE USER:GROUP`: what stands ready before bytes are appended; 85 unless the file is exactly OFFSET long (0: it is made). */
const READY = `located "$1"; [ -L "$1" ] && exit 81; [ -d "$1" ] && exit 83
have=0; [ -e "$1" ] && { have=$(stat -c %s "$1") || exit 1; }
[ "$have" = "$2" ] || exit 85
[ -e "$1" ] || : >"$1" || exit 1
chown "$4" "$1" && chmod "$3" "$1" || exit 1
`;
/** … from standard input, then to disk; its length now is printed. */
export const APPEND = script(`${READY}cat >>"$1" || exit 1
sync "$1" 2>/dev/null || sync
stat -c %s "$1"`);

/**
 * `PATH OFFSET MODE USER:GROUP SOURCE BYTES`: … from a file of another instance, mounted too. Its length is printed twice a second, and at the end. The source is
 * found by its mount below /handover, which this Handover chose; BYTES were seen there, so so many are copied although it may grow meanwhile.
 */
export const APPEND_FROM = script(`${READY}[ -f "$5" ] || exit 81
( while sleep 0.5; do stat -c %s "$1"; done ) & ticker=$!
if [ "$2" = 0 ]; then head -c "$6" "$5" >>"$1"; else tail -c +$(($2+1)) "$5" | head -c "$6" >>"$1"; fi
code=$?; kill $ticker 2>/dev/null; [ $code = 0 ] || exit 1
sync "$1" 2>/dev/null || sync
stat -c %s "$1"`);

/** `PATH FROM TO` and so on: SHA-256 of each range, one a line; 85 where a file is shorter than TO. */
export const HASH_RANGES = script(`sum() { if command -v openssl >/dev/null 2>&1; then openssl dgst -sha256 -r; else sha256sum; fi; }
while [ $# -gt 0 ]; do
  opened "$1"; size=$(stat -c %s "$file") || exit 1
  [ "$size" -ge "$3" ] || exit 85
  if [ "$2" = 0 ] && [ "$3" = "$size" ]; then sum <"$file"; elif [ "$2" = 0 ]; then head -c "$3" "$file" | sum; else tail -c +$(($2+1)) "$file" | head -c $(($3-$2)) | sum; fi || exit 1
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
export const DISCARD_COPY = script(`there "$1" || exit 0
located "$1"
case "\${1##*/}" in *incoming-*) ;; *) exit 83;; esac
[ -L "$1" ] && exit 83
rm -rf "$1" || exit 1
sync "\${1%/*}" 2>/dev/null || sync`);
