import type { Metadata } from 'next';
import { SetupPage } from '@/components/making/setup-page';

interface Props {
  readonly params: Promise<{ setupId: string }>;
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: `Set-up ${(await params).setupId}` };
}

export default async function Page({ params }: Props) {
  return <SetupPage id={(await params).setupId} />;
}
