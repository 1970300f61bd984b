import type { Metadata } from 'next';
import { BothPage } from '@/components/making/both-page';

export const metadata: Metadata = { title: 'Create both' };

export default function Page() {
  return <BothPage />;
}
