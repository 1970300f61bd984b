import { Fragment } from 'react';

/** A name as it is typed. May wrap, best after a separator; is never cut. */
export function Code({ children }: { children: string | number }) {
  const pieces = String(children).split(/(?<=[/:@=])(?![/])/);
  return (
    <code>
      {pieces.map((piece, i) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: pieces of one string
        <Fragment key={i}>
          {i > 0 && <wbr />}
          {piece}
        </Fragment>
      ))}
    </code>
  );
}
