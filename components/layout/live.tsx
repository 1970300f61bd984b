'use client';
export { LiveProvider as Live } from '@/lib/client/live';
