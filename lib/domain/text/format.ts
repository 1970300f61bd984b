/** Formatters of the pages: numbers, sizes, times. Pure; the time zone is given, the clock too. Spaces: design/README.md section 3. */
import { type Catalogue, type Message, type Param, parts } from './message';

/** No-break space: between number and unit. */
const NBSP = '\u00a0';
/** Narrow no-break space: between thousands. */
const NNBSP = '\u202f';
const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** `1 284`, with narrow no-break spaces. */
export function formatCount(n: number): string {
  return Math.round(n)
    .toString()
    .replace(/\B(?=(\d{3})+$)/g, NNBSP);
}

const UNITS = ['B', 'kB', 'MB', 'GB', 'TB', 'PB'];
/** Decimal units, three digits: `2.21 GB`, `96.2 GB`, `612 MB`, `0 B`. */
export function formatBytes(bytes: number): string {
  let value = Math.max(0, bytes);
  let unit = 0;
  // 999.5 would be shown as "1000": the next unit begins there.
  while (value >= (unit === 0 ? 1_000 : 999.5) && unit < UNITS.length - 1) {
    value /= 1_000;
    unit += 1;
  }
  const digits = unit === 0 || value >= 99.95 ? 0 : value >= 9.995 ? 1 : 2;
  return `${value.toFixed(digits)}${NBSP}${UNITS[unit]}`;
}

const LADDER: readonly [unit: string, ms: number, below: number][] = [
  ['d', DAY, HOUR],
  ['h', HOUR, MINUTE],
  ['min', MINUTE, SECOND],
];
/** `1.4 s`, `38 s`, `1 min 38 s`, `2 h 5 min`, `3 d 4 h`: at most two units. Below 10 s with one digit if it is not whole. */
export function formatDuration(ms: number): string {
  const length = Math.max(0, ms);
  for (const [unit, size, below] of LADDER) {
    const whole = Math.floor(length / size);
    if (whole === 0) continue;
    const rest = Math.floor((length % size) / below);
    const lower = unit === 'd' ? 'h' : unit === 'h' ? 'min' : 's';
    return rest === 0 ? `${whole}${NBSP}${unit}` : `${whole}${NBSP}${unit} ${rest}${NBSP}${lower}`;
  }
  const seconds = length < 10 * SECOND ? Math.floor(length / 100) / 10 : Math.floor(length / SECOND);
  return `${seconds}${NBSP}s`;
}

/** As a duration, in one unit and whole seconds: `16 min`, `38 s`, `2 h`. For sentences that count on ("for 16 min"). */
export function formatFor(ms: number): string {
  const length = Math.max(0, ms);
  const [unit, size] =
    length >= 2 * DAY ? ['d', DAY] : length >= 2 * HOUR ? ['h', HOUR] : length >= 2 * MINUTE ? ['min', MINUTE] : ['s', SECOND];
  return `${Math.floor(length / (size as number))}${NBSP}${unit}`;
}

/** `2 s ago`, `16 min ago`, `just now` for less than a second (and for a time that lies ahead: clocks differ). */
export function formatAge(ms: number): string {
  return ms < SECOND ? 'just now' : `${formatFor(ms)} ago`;
}

const formatters = new Map<string, Intl.DateTimeFormat>();
function formatter(zone: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = `${zone} ${JSON.stringify(options)}`;
  const known = formatters.get(key) ?? new Intl.DateTimeFormat('en-GB', { timeZone: zone, ...options });
  formatters.set(key, known);
  return known;
}
const CLOCK: Intl.DateTimeFormatOptions = { hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23' };

/** `03:12:04` on the day of `now`, else `12 Nov, 06:14`, in another year `12 Nov 2025, 06:14`; in the given IANA zone. */
export function formatTime(at: number, o: { zone: string; now: number }): string {
  const day = formatter(o.zone, { year: 'numeric', month: '2-digit', day: '2-digit' });
  if (day.format(at) === day.format(o.now)) return formatter(o.zone, CLOCK).format(at);
  const year = formatter(o.zone, { year: 'numeric' });
  const sameYear = year.format(at) === year.format(o.now);
  const date = formatter(o.zone, { day: 'numeric', month: 'short', ...(!sameYear && { year: 'numeric' }) }).format(at);
  return `${date}, ${formatter(o.zone, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }).format(at)}`;
}

interface FormatContext {
  /** IANA name of the viewer's zone, e.g. `Europe/Berlin`. */
  readonly zone: string;
  readonly now: number;
}

/** One parameter as text. Names and codes are set in another face by the page; here they are just their value. */
function formatParam(param: Exclude<Param, string | number>, o: FormatContext): string {
  switch (param.as) {
    case 'name':
    case 'code':
      return param.value;
    case 'time':
      return formatTime(param.value, o);
    case 'ago':
      return formatAge(o.now - param.value);
    case 'for':
      return formatFor(o.now - param.value);
    case 'duration':
      return formatDuration(param.value);
    case 'bytes':
      return formatBytes(param.value);
    case 'count':
      return formatCount(param.value);
  }
}

/** A whole message as plain text: for documents, notifications, the command line and tests. */
export function plainText(message: Message, catalogue: Catalogue, o: FormatContext): string {
  return parts(message, catalogue)
    .map((p) => (p.kind === 'text' ? p.text : formatParam(p.param, o)))
    .join('');
}
