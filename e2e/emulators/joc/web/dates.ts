/** The two styles in which JOC writes times (recordings-joc, all): entities `…123+00:00`; errors and `Ok` `…12Z`, trailing zeros dropped. */
export function entityDate(ms: number): string {
  return new Date(ms).toISOString().replace('Z', '+00:00');
}

export function shortDate(ms: number): string {
  const [seconds = '', fraction = ''] = new Date(ms).toISOString().slice(0, -1).split('.');
  const digits = fraction.replace(/0+$/, '');
  return digits === '' ? `${seconds}Z` : `${seconds}.${digits}Z`;
}
