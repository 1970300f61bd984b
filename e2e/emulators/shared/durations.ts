/** Durations: HOCON's in the configuration, JS7's narrower ones in query parameters (controller-api 0.2). All results are milliseconds. */
const CONFIG_UNITS: Record<string, number> = {
  ns: 1e-6,
  us: 1e-3,
  µs: 1e-3,
  ms: 1,
  s: 1000,
  m: 60_000,
  h: 3_600_000,
  d: 86_400_000,
  millis: 1,
  second: 1000,
  seconds: 1000,
  minute: 60_000,
  minutes: 60_000,
  hour: 3_600_000,
  hours: 3_600_000,
  day: 86_400_000,
  days: 86_400_000,
};

export function configDuration(value: unknown): number | undefined {
  if (typeof value === 'number') return value;
  const match = /^\s*([\d.]+)\s*([a-zµ]*)\s*$/.exec(String(value));
  const unit = CONFIG_UNITS[match?.[2] || 'ms'];
  return match && unit !== undefined ? Number(match[1]) * unit : undefined;
}

const QUERY_UNITS: Record<string, number> = { '': 1000, s: 1000, ms: 1, µs: 1e-3, us: 1e-3, ns: 1e-6 };

/** Must start with a digit; minutes, hours and ISO forms are refused (recordings 01/049, 050). */
export function queryDuration(text: string): number | undefined {
  const match = /^(\d+(?:\.\d*)?)(s|ms|µs|us|ns|)$/.exec(text);
  const unit = QUERY_UNITS[match?.[2] ?? '?'];
  return match && unit !== undefined ? Number(match[1]) * unit : undefined;
}

/** `9s`, `0.21s`, `1:05min`: as JS7 tells a span in its log. */
export function showSpan(ms: number): string {
  const s = ms / 1000;
  if (s < 0.01) return `${Math.max(1, Math.round(ms))}ms`;
  if (s < 10) return `${Number(s.toPrecision(2))}s`;
  if (s < 100) return `${Math.round(s)}s`;
  return `${Math.floor(s / 60)}:${String(Math.floor(s % 60)).padStart(2, '0')}min`;
}
