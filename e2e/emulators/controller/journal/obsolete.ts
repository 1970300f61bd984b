/** Deletes journal files that nobody needs any more, a while after a new one has begun (controller-api 8.2, recording 01b: 50-60 s). */
import fs from 'node:fs';
import path from 'node:path';
import type { LogFile } from '../../shared/log-file';
import type { Settings } from '../config/settings';
import type { Journal } from './journal';

/** Only a living process deletes: the timers do not keep it alive. */
export function deleteObsoleteLater(journal: Journal, settings: Settings, log: LogFile): void {
  if (!settings.removeObsoleteFiles) return;
  const current = journal.file?.fileEventId;
  if (current === undefined) return;
  setTimeout(() => deleteObsolete(journal, current, settings, log), settings.releaseEventsDelayMs).unref();
}

function deleteObsolete(journal: Journal, current: number, settings: Settings, log: LogFile): void {
  const users = settings.usersAllowedToReleaseEvents;
  const released = users.length === 0 ? Number.POSITIVE_INFINITY : Math.min(...users.map((u) => journal.state.released.get(u) ?? 0));
  const files = journal.files;
  files.forEach((file, i) => {
    const next = files[i + 1]?.fileEventId;
    if (next === undefined || file.fileEventId >= current || next > released) return;
    log.info(
      'js7.journal.watch.JournalEventWatch',
      `Delete obsolete journal file '${path.basename(file.path)}' (${fs.statSync(file.path).size} bytes)`,
    );
    fs.rmSync(file.path, { force: true });
  });
  journal.tell();
}
