import type { Metadata } from 'next';
import { WayPage } from '@/components/runbook/way-back/way-page';

interface Props {
  readonly params: Promise<{ clusterId: string }>;
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: `Way back of ${(await params).clusterId}` };
}

export default async function Page({ params }: Props) {
  return <WayPage id={(await params).clusterId} />;
}
