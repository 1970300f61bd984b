'use client';
import type { ConfirmProps } from './confirm-box';
import { lazily } from './lazily';

const ConfirmBox = lazily<ConfirmProps>(() => import('./confirm-box').then((file) => file.ConfirmBox));

/** One question, one call; fetched when it is asked. */
export const ConfirmCall = (props: ConfirmProps) => <ConfirmBox {...props} />;
