import type { ReactNode } from 'react';
import { t } from '../text/t';
import { Button } from './button';

/** A table that is read as a list on a phone: each cell carries its column's name as `data-label`. `actions` = the last column holds buttons and shows no name. */
export function FactTable({ columns, actions, children }: { columns: readonly string[]; actions?: boolean; children: ReactNode }) {
  return (
    <table className="facts">
      <thead>
        <tr>
          {columns.map((column) => (
            <th key={column} scope="col">
              {column}
            </th>
          ))}
          {actions === true && (
            <th scope="col">
              <span className="sr-only">{t('ui.actions')}</span>
            </th>
          )}
        </tr>
      </thead>
      <tbody>{children}</tbody>
    </table>
  );
}

interface EditRemoveProps {
  /** What a screen reader says: the buttons of all rows look alike. */
  readonly edit: string;
  readonly remove: string;
  readonly onEdit: () => void;
  readonly onRemove: () => void;
}
/** The two buttons of a row. */
export function EditRemove({ edit, remove, onEdit, onRemove }: EditRemoveProps) {
  return (
    <span className="inline-flex gap-2">
      <Button size="s" onClick={onEdit} aria-label={edit}>
        {t('ui.edit')}
      </Button>
      <Button size="s" variant="danger-quiet" onClick={onRemove} aria-label={remove}>
        {t('ui.remove')}
      </Button>
    </span>
  );
}
