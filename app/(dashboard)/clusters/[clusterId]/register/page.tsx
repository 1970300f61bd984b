import type { Metadata } from 'next';
import { RegisterPage } from '@/components/registration/register-page';

interface Props {
  readonly params: Promise<{ clusterId: string }>;
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: `JOC Cockpit of ${(await params).clusterId}` };
}

export default async function Page({ params }: Props) {
  return <RegisterPage id={(await params).clusterId} />;
}
