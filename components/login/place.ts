/** Where to go after the login: only to a path of our own, whatever the address says. */
export function placeToGo(from: string | undefined): string {
  if (from === undefined || !from.startsWith('/') || /^\/[/\\]/.test(from) || from.startsWith('/api/') || from.startsWith('/login'))
    return '/';
  // Browsers drop tabs and line ends from an address: what is left might begin with two slashes.
  return /[\s\\]/.test(from) ? '/' : from;
}
