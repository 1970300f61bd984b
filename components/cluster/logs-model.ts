/** Lines that hold every word of the filter, in any order, whatever their case. */
export function filterLines<L extends { readonly text: string }>(lines: readonly L[], filter: string): readonly L[] {
  const words = filter.toLowerCase().split(/\s+/).filter(Boolean);
  return words.length === 0 ? lines : lines.filter(({ text }) => words.every((word) => text.toLowerCase().includes(word)));
}
