import type { Millis } from '../domain/reading';

export interface Clock {
  now(): Millis;
}
