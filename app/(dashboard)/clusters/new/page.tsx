import type { Metadata } from 'next';
import { NewCluster } from '@/components/setup/new-cluster';

export const metadata: Metadata = { title: 'Add a cluster' };

export default function Page() {
  return <NewCluster />;
}
