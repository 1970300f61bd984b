'use client';
import type { RehearsalAnswer } from '../contract/api';
import { keys } from './keys';
import { type Live, useTopic } from './use-topic';

/** `data` stays undefined where Handover runs without rehearsal (see SessionAnswer.rehearsal). */
export const useRehearsal = (): Live<RehearsalAnswer> => useTopic<RehearsalAnswer>(keys.rehearsal);
