import type { Metadata } from 'next';
import { RetiredPage } from '@/components/runbook/retired/retired-page';

export const metadata: Metadata = { title: 'Retired journals' };

export default function Page() {
  return <RetiredPage />;
}
