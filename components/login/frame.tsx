import type { ReactNode } from 'react';
import { BrandMark } from '../layout/brand';
import { ThemeSwitch } from '../layout/theme-switch';
import { t } from '../text/t';

/** The two pages before the login. */
export function LoginFrame({ about, version, children }: { about: string; version: string; children: ReactNode }) {
  return (
    <div className="grid grid-rows-[1fr_auto] min-h-screen">
      <main
        id="main"
        className="grid place-content-center max-tab:place-content-start justify-center grid-cols-[minmax(0,432px)] gap-6 px-4 py-12 max-tab:py-6"
      >
        <div>
          <h1 className="flex items-center gap-3 text-title tracking-[-0.015em]">
            <BrandMark className="w-10 h-[27px]" />
            Handover
          </h1>
          <p className="mt-1 text-ink-2">{about}</p>
        </div>
        {children}
      </main>
      <footer className="flex flex-wrap justify-center items-center gap-x-4 gap-y-2 p-4 text-meta text-ink-3">
        <span>{t('ui.foot.version', { version })}</span>
        <span>{t('ui.foot.login')}</span>
        <ThemeSwitch />
      </footer>
    </div>
  );
}
