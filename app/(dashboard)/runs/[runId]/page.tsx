import type { Metadata } from 'next';
import { RunPage } from '@/components/runbook/run/run-page';

interface Props {
  readonly params: Promise<{ runId: string }>;
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: `Run ${(await params).runId}` };
}

export default async function Page({ params }: Props) {
  return <RunPage runId={(await params).runId} />;
}
