import { ArrowRight, Equal, EqualNot, type LucideIcon, Split } from 'lucide-react';
import type { JournalsAnswer } from '@/lib/contract/runs';
import { formatBytes } from '@/lib/domain/text/format';
import { Code } from '../../text/code';
import { Card, SectionHead } from '../../ui/card';
import { Status, type StatusTone } from '../../ui/status';
import { slotName } from '../labels';
import { type FileRow, fileRows } from './journals-model';
import { t } from './t';

const MARK: Record<FileRow['inBoth'], { icon: LucideIcon; tone: StatusTone }> = {
  equal: { icon: Equal, tone: 'ok' },
  prefix: { icon: ArrowRight, tone: 'ok' },
  differs: { icon: EqualNot, tone: 'warn' },
  'only-here': { icon: Split, tone: 'unknown' },
};

/** Every journal file of both. */
export function FilesTable({ answer }: { answer: JournalsAnswer }) {
  const rows = fileRows(answer);
  const size = (bytes: number | undefined) => (bytes === undefined ? '–' : formatBytes(bytes));
  return (
    <Card aria-labelledby="journal-files">
      <SectionHead id="journal-files" title={t('runbook.journals.files')} className="px-5 max-tab:px-4 pt-4 pb-1" />
      {rows.length === 0 ? (
        <p className="px-5 max-tab:px-4 py-4 text-ink-2">{t('runbook.journals.none')}</p>
      ) : (
        <table className="facts">
          <thead>
            <tr>
              <th scope="col">{t('runbook.journals.file')}</th>
              <th scope="col">{slotName('primary')}</th>
              <th scope="col">{slotName('secondary')}</th>
              <th scope="col">{t('runbook.journals.compared')}</th>
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <tr key={row.name} data-file={row.inBoth}>
                <td>
                  <Code>{row.name}</Code>
                </td>
                <td data-label={slotName('primary')}>{size(row.primary)}</td>
                <td data-label={slotName('secondary')}>{size(row.secondary)}</td>
                <td data-label={t('runbook.journals.compared')}>
                  <Status tone={MARK[row.inBoth].tone} icon={MARK[row.inBoth].icon}>
                    {t(`runbook.journals.inBoth.${row.inBoth}`)}
                  </Status>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </Card>
  );
}
