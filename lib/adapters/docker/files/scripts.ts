import 'server-only';

/**
 * Shell scripts that run in helpers. Texts are fixed; all that varies comes as arguments, so that no name can become code. They use only what busybox
 * (the Controller's image is Alpine) and coreutils both have. Their exit codes are told apart from those of commands:
 */
export const EXIT = { notFound: 81, outside: 82, exists: 83, otherVolume: 84, otherLength: 85 } as const;

const PRELUDE = String.raw`
set -f
mounts=
NL='
'
# Ends with 82 unless the folder $1, links resolved, lies in a volume (its mount point in $volume); with 81 if it is not there.
inside() {
  cd -P "$1" 2>/dev/null || exit 81
  real=$PWD
  if [ -z "$mounts" ]; then
    IFS=$NL
    for m in $HANDOVER_VOLUMES; do t=$m; cd -P "$m" 2>/dev/null && t=$PWD; mounts=$mounts$t$NL; done
    unset IFS
    cd /
  fi
  IFS=$NL
  for volume in $mounts; do
    case "$real" in "$volume"|"$volume"/*) unset IFS; cd /; return 0;; esac
  done
  exit 82
}
# The same for the folder that holds $1; a mount point itself is in its volume.
located() {
  IFS=$NL
  for m in $HANDOVER_VOLUMES; do [ "$1" = "$m" ] && { unset IFS; volume=$m; cd -P "$m" 2>/dev/null && volume=$PWD; cd /; return 0; }; done
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
# LENGTH bytes of a file from OFFSET on: piece FILE OFFSET LENGTH. By whole blocks: tail -c +N would read all that is before, head -c goes byte by byte in busybox.
# cat, for busybox's head tells of a full disk and ends with 0.
piece() {
  o=$2 l=$3 r=$(($2%65536))
  if [ $r != 0 ] && [ $l -gt 0 ]; then
    n=$((65536-r)); [ $n -gt $l ] && n=$l
    dd if="$1" bs=65536 skip=$((o/65536)) count=1 2>/dev/null | tail -c +$((r+1)) | head -c $n | cat || return 1
    o=$((o+n)) l=$((l-n))
  fi
  n=$((l/65536))
  if [ $n -gt 0 ]; then dd if="$1" bs=65536 skip=$((o/65536)) count=$n || return 1; fi
  o=$((o+n*65536)) l=$((l-n*65536))
  if [ $l -gt 0 ]; then dd if="$1" bs=65536 skip=$((o/65536)) count=1 2>/dev/null | head -c $l | cat || return 1; fi
}
`.replaceAll('\\$', '$');

export const script = (body: string): string => `${PRELUDE}${body}`;
/** Raw mode (hex), size, time of change (s), user, group, inode. */
export const FIELDS = '%f %s %Y %u %g %i';

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

/** `PATH OFFSET BYTES`: so much of it, or what there is. */
export const READ_PIECE = script(`opened "$1"
piece "$file" "$2" "$3" 2>/dev/null`);

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

/** `TEMPORARY PATH MODE USER:GROUP`: the same in one go, with the content that the shell was told (session.ts). */
export const WRITE_SMALL = script(`located "$2"; [ -d "$2" ] && exit 83
umask 077
content >"$1" && chown "$4" "$1" && chmod "$3" "$1" && { sync "$1" 2>/dev/null || sync; } && mv -f "$1" "$2" && { sync "\${2%/*}" 2>/dev/null || sync; } && exit 0
rm -f "$1"; exit 1`);

/** `TEMPORARY`: removes what a failed writing left. */
export const DISCARD = 'rm -f "$1"';

/** `PATH`: block size, blocks, blocks free for ordinary users. */
export const SPACE = script(`located "$1"; there "$1" || exit 81
stat -f -c '%S %b %a' "$1"`);
