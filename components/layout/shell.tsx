import type { ReactNode } from 'react';
import { t } from '../text/t';
import { ZoneName } from '../text/zone-name';
import { cn } from '../ui/classes';
import { Link } from '../ui/link';
import { AccountMenu } from './account-menu';
import { BrandMark } from './brand';
import { LiveIndicator } from './live-indicator';
import { MainNav, PhoneNav } from './main-nav';
import { RehearsalBanner, RehearsalFoot } from './rehearsal-world';
import { ThemeSwitch } from './theme-switch';

/** Frame of all pages behind the login: skip link, bar, rehearsal banner, main, footer. */
export function Shell({ rehearsal, version, children }: { rehearsal: boolean; version: string; children: ReactNode }) {
  return (
    <div className={cn('flex flex-col min-h-screen', rehearsal && 'broad')}>
      <a
        href="#main"
        className="sr-only focus:not-sr-only focus:absolute focus:left-2 focus:top-2 focus:z-50 focus:px-3 focus:py-2 focus:bg-surface focus:border focus:border-line-strong focus:rounded-m"
      >
        {t('ui.skip')}
      </a>
      <header className="relative bg-surface border-b border-line">
        <div className="column flex items-center gap-6 max-tab:gap-3 min-h-[52px]">
          <Link
            href="/"
            className="flex items-center gap-2 min-h-11 text-ink no-underline hover:no-underline font-semibold text-[15px] tracking-[-0.01em]"
          >
            <BrandMark className="w-6 h-4" />
            Handover
          </Link>
          <MainNav />
          <div className="ml-auto flex items-center gap-3 max-tab:gap-1 text-data text-ink-2">
            <LiveIndicator />
            <span aria-hidden className="w-px h-5 bg-line max-wide:hidden" />
            <span className="max-wide:hidden">
              <ZoneName />
            </span>
            <span aria-hidden className="w-px h-5 bg-line max-tab:hidden" />
            <div className="flex items-center max-tab:-mr-2">
              <AccountMenu />
              <ThemeSwitch />
              <PhoneNav />
            </div>
          </div>
        </div>
      </header>
      {rehearsal && <RehearsalBanner />}
      {/* A whole screen at least: the footer comes after it, and never jumps when what stands here has loaded. */}
      <main id="main" tabIndex={-1} className="grow min-h-screen outline-none">
        {children}
      </main>
      <footer className="column flex flex-wrap gap-x-4 gap-y-1 pb-8 text-meta text-ink-3">
        <span>{t('ui.foot.version', { version })}</span>
        <span>{t('ui.foot.readOnly')}</span>
        {rehearsal && <RehearsalFoot />}
      </footer>
    </div>
  );
}
