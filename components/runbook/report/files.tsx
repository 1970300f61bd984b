import { Check } from 'lucide-react';
import type { VerifiedFile } from '@/lib/domain/switchover/events';
import { formatBytes, formatCount } from '@/lib/domain/text/format';
import { Code } from '../../text/code';
import { Card, SectionHead } from '../../ui/card';
import { Status } from '../../ui/status';
import { t } from './t';

/** Every file that was moved, with the SHA-256 of each of its ranges and when it was compared. */
export function Files({ files }: { files: readonly VerifiedFile[] }) {
  return (
    <Card aria-labelledby="files">
      <SectionHead id="files" title={t('runbook.report.files')} aside={files.length} className="px-5 max-tab:px-4 pt-4 pb-1" />
      <table className="facts">
        <thead>
          <tr>
            <th scope="col">{t('runbook.report.file')}</th>
            <th scope="col">{t('runbook.report.size')}</th>
            <th scope="col">{t('runbook.report.result')}</th>
          </tr>
        </thead>
        <tbody>
          {files.map((file) => (
            <tr key={file.name}>
              <td>
                <Code>{file.name}</Code>
                {file.segments.map((segment) => (
                  <span key={`${segment.from}-${segment.when}`} className="block mt-0.5">
                    <code className="block text-[12px] text-ink-2 [overflow-wrap:anywhere]">{segment.sha256}</code>
                    <span className="block text-meta text-ink-3">
                      {t(`runbook.report.segment.${segment.when}`, { from: formatCount(segment.from), to: formatCount(segment.to) })}
                    </span>
                  </span>
                ))}
              </td>
              <td data-label={t('runbook.report.size')} className="whitespace-nowrap">
                {formatBytes(file.bytes)}
              </td>
              <td data-label={t('runbook.report.result')}>
                <Status tone="ok" icon={Check}>
                  {t('runbook.report.equal')}
                </Status>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </Card>
  );
}
