import type { Metadata } from 'next';
import { ClusterPage } from '@/components/cluster/cluster-page';

interface Props {
  readonly params: Promise<{ clusterId: string }>;
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: (await params).clusterId };
}

export default async function Page({ params }: Props) {
  return <ClusterPage id={(await params).clusterId} />;
}
