import type { Metadata } from 'next';
import { PreparePage } from '@/components/runbook/prepare/prepare-page';

interface Props {
  readonly params: Promise<{ clusterId: string }>;
  readonly searchParams: Promise<{ from?: string | string[] }>;
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: `Switch-over of ${(await params).clusterId}` };
}

export default async function Page({ params, searchParams }: Props) {
  const { from } = await searchParams;
  return <PreparePage id={(await params).clusterId} {...((from === 'primary' || from === 'secondary') && { from })} />;
}
