import type { Metadata } from 'next';
import { StatesPage } from '@/components/help/states-page';

export const metadata: Metadata = { title: 'What the states mean' };

export default function Page() {
  return <StatesPage />;
}
