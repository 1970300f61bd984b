/** The viewer's zone as the cookie tells it; UTC where it tells none or nonsense. */
export function zoneOf(cookie: string | undefined): string {
  if (cookie === undefined) return 'UTC';
  try {
    const zone = decodeURIComponent(cookie);
    new Intl.DateTimeFormat('en-GB', { timeZone: zone });
    return zone;
  } catch {
    return 'UTC';
  }
}
