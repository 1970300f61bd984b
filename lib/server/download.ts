import 'server-only';

/** An answer that is a document of its own, with a name to save it under. */
export interface Download {
  readonly download: 'text/markdown' | 'text/csv' | 'application/jsonl';
  readonly fileName: string;
  readonly text: string;
}
export const isDownload = (value: unknown): value is Download => typeof value === 'object' && value !== null && 'download' in value;
