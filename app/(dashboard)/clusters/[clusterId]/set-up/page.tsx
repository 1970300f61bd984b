import type { Metadata } from 'next';
import { SetUpPage } from '@/components/making/set-up-page';

interface Props {
  readonly params: Promise<{ clusterId: string }>;
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: `Set up ${(await params).clusterId}` };
}

export default async function Page({ params }: Props) {
  return <SetUpPage id={(await params).clusterId} />;
}
