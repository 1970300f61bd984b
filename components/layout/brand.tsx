/** Two boxes and what passes between them. */
export function BrandMark({ className }: { className?: string }) {
  return (
    <svg viewBox="0 0 24 16" aria-hidden="true" className={className} fill="none" stroke="currentColor" strokeWidth="2">
      <rect x="1" y="1" width="8" height="14" rx="2" />
      <rect x="15" y="1" width="8" height="14" rx="2" fill="currentColor" />
      <path d="M11 8h2" strokeLinecap="round" />
    </svg>
  );
}
