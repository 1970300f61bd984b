/** `0:41`, `12:07`, `1:02:07`: what a big clock shows. Milliseconds in, whole seconds out. */
export function clockText(ms: number): string {
  const s = Math.max(0, Math.floor(ms / 1000));
  const two = (n: number) => String(n).padStart(2, '0');
  const [h, min, rest] = [Math.floor(s / 3600), Math.floor((s % 3600) / 60), s % 60];
  return h > 0 ? `${h}:${two(min)}:${two(rest)}` : `${min}:${two(rest)}`;
}
