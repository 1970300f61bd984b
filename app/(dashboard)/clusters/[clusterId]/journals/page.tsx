import type { Metadata } from 'next';
import { JournalsPage } from '@/components/runbook/journals/journals-page';

interface Props {
  readonly params: Promise<{ clusterId: string }>;
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: `Journals of ${(await params).clusterId}` };
}

export default async function Page({ params }: Props) {
  return <JournalsPage id={(await params).clusterId} />;
}
