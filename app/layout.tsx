import type { Metadata, Viewport } from 'next';
import localFont from 'next/font/local';
import { cookies, headers } from 'next/headers';
import type { ReactNode } from 'react';
import { StyleNonce } from '@/components/layout/style-nonce';
import { ThemeProvider } from '@/components/layout/theme-provider';
import { ViewerProvider } from '@/components/text/viewer';
import { zoneOf } from '@/components/text/zone';
import './globals.css';

const inter = localFont({
  src: '../node_modules/@fontsource-variable/inter/files/inter-latin-wght-normal.woff2',
  weight: '100 900',
  variable: '--font-inter',
  display: 'swap',
});

export const metadata: Metadata = { title: { default: 'Handover', template: '%s · Handover' }, robots: { index: false, follow: false } };
export const viewport: Viewport = {
  themeColor: [
    { media: '(prefers-color-scheme: light)', color: '#ffffff' },
    { media: '(prefers-color-scheme: dark)', color: '#161d23' },
  ],
};

export default async function RootLayout({ children }: { children: ReactNode }) {
  const nonce = (await headers()).get('x-nonce') ?? undefined;
  const zone = zoneOf((await cookies()).get('tz')?.value);
  return (
    <html lang="en" className={inter.variable} suppressHydrationWarning>
      <body>
        <ThemeProvider nonce={nonce}>
          <StyleNonce nonce={nonce} />
          <ViewerProvider zone={zone} renderedAt={Date.now()}>
            {children}
          </ViewerProvider>
        </ThemeProvider>
      </body>
    </html>
  );
}
