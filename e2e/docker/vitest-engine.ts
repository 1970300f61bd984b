/** Vitest's global set-up of the project `docker`: one real engine for all its test files; they get its socket by `inject('dockerSocket')`. */
import type { TestProject } from 'vitest/node';
import { startEngine } from './dockerd';

declare module 'vitest' {
  export interface ProvidedContext {
    dockerSocket: string;
  }
}

export default async function (project: TestProject): Promise<() => Promise<void>> {
  const engine = await startEngine({ name: 'vitest' });
  project.provide('dockerSocket', engine.socket);
  return () => engine.remove();
}
