/** The p-th percentile (0-100) by nearest rank. Throws on no values: nothing was measured. */
export function percentile(values, p) {
  if (values.length === 0) throw new Error('nothing was measured');
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.max(0, Math.ceil((p / 100) * sorted.length) - 1))];
}
