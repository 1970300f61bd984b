'use client';
import { t } from './t';
import { useNow, useZone } from './viewer';

/** The zone of all times on the page, once, e.g. `CET (UTC+1)`. */
export function ZoneName() {
  const zone = useZone();
  const hour = Math.floor(useNow() / 3_600_000) * 3_600_000;
  const part = (timeZoneName: 'short' | 'shortOffset') =>
    new Intl.DateTimeFormat('en-GB', { timeZone: zone, timeZoneName }).formatToParts(hour).find((p) => p.type === 'timeZoneName')?.value ??
    zone;
  const name = part('short');
  const offset = part('shortOffset').replace('GMT', 'UTC');
  return (
    <>
      {t('ui.zone', {
        zone:
          name === offset || name.startsWith('GMT+') || name.startsWith('GMT-') ? offset : name === 'UTC' ? 'UTC' : `${name} (${offset})`,
      })}
    </>
  );
}
