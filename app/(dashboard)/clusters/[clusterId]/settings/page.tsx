import type { Metadata } from 'next';
import { ClusterSettings } from '@/components/setup/cluster-settings';

interface Props {
  readonly params: Promise<{ clusterId: string }>;
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: `Settings of ${(await params).clusterId}` };
}

export default async function Page({ params }: Props) {
  return <ClusterSettings id={(await params).clusterId} />;
}
