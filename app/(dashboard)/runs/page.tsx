import type { Metadata } from 'next';
import { RunsPage } from '@/components/runbook/runs/runs-page';

export const metadata: Metadata = { title: 'Runs' };

export default async function Page({ searchParams }: { searchParams: Promise<{ tab?: string | string[] }> }) {
  return <RunsPage tab={(await searchParams).tab === 'audit' ? 'audit' : 'runs'} />;
}
